/**
 * A printer on a port that lies: it loses what it holds, says bytes that nobody asked for, repeats answers, and may be another one after
 * a reconnect. It is written from the manuals and shares no code with the session or the virtual printer; it parses only what a
 * receipt of lines needs. Its paper is a list of lines.
 */

import net from 'node:net'

export interface LiarOptions {
  /** GS ( H is answered. */
  readonly ids: boolean
  /** GS I 67 is answered so; undefined: it prints nothing and says nothing. */
  readonly model: string | undefined
  readonly serial: string | undefined
  /** From this connection on noise stands in the place of the serial number; 0: never. */
  readonly hoarseFrom: number
  /** DLE DC4 8 is obeyed, and said to be. */
  readonly clears: boolean
  /** GS : and GS ^ are known. */
  readonly macros: boolean
  /** Each answer comes so late. */
  readonly answerMs: number
  /** Commands and lines executed each millisecond; 0: all at once. */
  readonly pace: number
  /** Every n-th answer is said twice; 0: none. */
  readonly repeatEvery: number
  /** DLE EOT n that it does not answer. */
  readonly mute: readonly number[]
  /** Said when a connection begins, by its number from 1. */
  readonly greeting: (connection: number) => readonly number[]
}

/** What happens when so many lines of text have been received. */
export interface Fault {
  readonly afterLines: number
  /**
   * `die`: it loses what it holds and obeys nothing for `forMs`. `deaf`: the same, but that it goes on answering DLE EOT. `stop`:
   * its paper is out, and it keeps what it holds. `mum`: it prints, and answers nothing in order.
   */
  readonly state: 'none' | 'die' | 'deaf' | 'stop' | 'mum'
  readonly forMs: number
  /** Said then, and again so many times, 25 ms apart. */
  readonly says: readonly number[]
  readonly echoes: number
  readonly link: 'keep' | 'end' | 'reset'
  /** Who answers the next connections: another model, or the same with another serial number. */
  readonly heir: 'same' | 'other' | 'twin'
}

const COUNTED_PAIRS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  27: { 64: 0, 50: 0, 112: 3, 36: 2, 92: 2, 68: 0 },
  28: { 38: 0, 46: 0, 83: 2 },
  29: { 58: 0, 94: 3, 76: 2, 87: 2, 80: 2, 36: 2 },
}

export class LiarPrinter {
  readonly paper: string[] = []
  /** Of the printer that stands at the address after it. */
  readonly otherPaper: string[] = []
  connections = 0
  /** Another printer was told to throw away what it holds. */
  clearedOther = false
  #options: LiarOptions
  #fault: Fault | undefined
  #buffer: number[] = []
  #line = ''
  #received = ''
  #seen = 0
  #dead: 'no' | 'die' | 'deaf' = 'no'
  #stopped = false
  #heir: 'same' | 'other' | 'twin' = 'same'
  #isMum = false
  #left: number[] = []
  #leftLine = ''
  #macro: number[] | undefined
  #recording: number[] | undefined
  #answers = 0
  #socket: net.Socket | undefined
  readonly #server: net.Server
  #ticking: ReturnType<typeof setInterval> | undefined

  constructor(options: LiarOptions, fault: Fault | undefined) {
    this.#options = options
    this.#fault = fault
    this.#server = net.createServer((socket) => this.#serve(socket))
    if (options.pace > 0) this.#ticking = setInterval(() => this.#execute(options.pace), 1)
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `tcp://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`
  }

  /** A person puts in a new roll. */
  mend(): void {
    if (this.#heir !== 'same') this.#line = this.#leftLine
    this.#heir = 'same'
    this.#buffer.unshift(...this.#left.splice(0))
    this.#stopped = false
    this.#dead = 'no'
    this.#execute(this.#options.pace === 0 ? Number.POSITIVE_INFINITY : 1)
  }

  get holds(): number {
    return this.#buffer.length
  }

  close(): void {
    clearInterval(this.#ticking)
    this.#socket?.destroy()
    this.#server.close()
  }

  #serve(socket: net.Socket): void {
    this.connections++
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('data', (data) => this.#receive(socket, data))
    socket.on('end', () => socket.end())
    this.#say(this.#options.greeting(this.connections))
  }

  #receive(socket: net.Socket, data: Uint8Array): void {
    this.#socket = socket
    // Real-time requests act at once, also when it is stopped; these jobs have no byte 10 of their own.
    const rest: number[] = []
    for (let i = 0; i < data.length; i++) {
      if (data[i] === 0x10 && data[i + 1] === 0x04) {
        const n = data[i + 2] as number
        if (this.#dead !== 'die' && !this.#options.mute.includes(n)) this.#answer([this.#status(n)])
        i += 2
      } else if (data[i] === 0x10 && data[i + 1] === 0x14) {
        if (this.#dead === 'no' && this.#options.clears) {
          this.#buffer = []
          this.#line = ''
          rest.length = 0
          this.clearedOther ||= this.#heir !== 'same'
          this.#answer([0x37, 0x25, 0x00])
        }
        i += 9
      } else rest.push(data[i] as number)
    }
    if (this.#dead !== 'no') return
    this.#buffer.push(...rest)
    this.#received += String.fromCharCode(...rest)
    if (this.#heir === 'same') this.#strike()
    if (this.#dead === 'no' && this.#options.pace === 0) this.#execute(Number.POSITIVE_INFINITY)
  }

  /** The fault, once, before what came with it is executed. */
  #strike(): void {
    const fault = this.#fault
    this.#seen += this.#received.split('\n').length - 1
    this.#received = ''
    if (fault === undefined || this.#seen < fault.afterLines) return
    this.#fault = undefined
    if (fault.state === 'stop') this.#stopped = true
    else if (fault.state === 'die' || fault.state === 'deaf') {
      this.#buffer = []
      this.#line = ''
      this.#macro = undefined
      this.#recording = undefined
      this.#dead = fault.state
      setTimeout(() => {
        this.#dead = 'no'
      }, fault.forMs).unref()
    }
    this.#isMum = fault.state === 'mum'
    const socket = this.#socket
    for (let i = 0; i <= fault.echoes; i++) setTimeout(() => this.#say(fault.says, socket), i * 25)
    if (fault.link === 'keep') return
    setTimeout(() => {
      if (fault.heir !== 'same') {
        // It keeps what it holds, and prints it when nobody looks any more.
        this.#left = this.#buffer.splice(0)
        this.#leftLine = this.#line
        this.#stopped = false
        this.#dead = 'no'
        this.#line = ''
      }
      this.#heir = fault.heir
      socket?.removeAllListeners('data')
      socket?.resume()
      if (fault.link === 'end') socket?.end()
      else socket?.resetAndDestroy()
    }, 15)
    if (fault.heir !== 'same') this.#stopped = true
  }

  #status(n: number): number {
    if (!this.#stopped) return 0x12
    return [0x12, 0x1a, 0x32, 0x12, 0x72][n] ?? 0x12
  }

  #execute(most: number): void {
    for (let i = 0; i < most && !this.#stopped && this.#dead === 'no'; i++) {
      const length = this.#lengthOfNext()
      if (length === undefined) return
      this.#obey(this.#buffer.splice(0, length))
    }
  }

  /** Undefined: a command is not whole yet, or nothing is there. */
  #lengthOfNext(): number | undefined {
    const [first, second = 0, third = 0] = this.#buffer
    if (first === undefined) return undefined
    if (first === 0x1b || first === 0x1c || first === 0x1d) {
      if (this.#buffer.length < 2) return undefined
      let length = 2 + (COUNTED_PAIRS[first]?.[second] ?? 1)
      if (first === 0x1d && second === 0x28) {
        length = 5 + (this.#buffer[3] ?? 0) + (this.#buffer[4] ?? 0) * 256
      }
      if (first === 0x1d && second === 0x56 && third >= 65) length = 4
      return this.#buffer.length < length ? undefined : length
    }
    return 1
  }

  #obey(command: readonly number[]): void {
    const { ids, model, serial, macros, hoarseFrom } = this.#options
    const [first = 0, second = 0, third = 0] = command
    const isDefinition = first === 0x1d && second === 0x3a
    if (macros && isDefinition) {
      if (this.#recording !== undefined) this.#macro = this.#recording
      this.#recording = this.#recording === undefined ? [] : undefined
      return
    }
    this.#recording?.push(...command)
    if (first === 0x1b && second === 0x40) this.#line = ''
    else if (first === 0x0a) {
      if (this.#line !== '') (this.#heir !== 'same' ? this.otherPaper : this.paper).push(this.#line)
      this.#line = ''
    } else if (first >= 0x20) this.#line += String.fromCharCode(first)
    else if (this.#isMum) return
    else if (first === 0x1d && second === 0x72) this.#answer([0x00])
    else if (first === 0x1d && second === 0x49) {
      const name = this.#heir === 'other' ? 'OTHER' : model
      const number = this.#heir === 'twin' ? 'S2' : serial
      const text = third === 67 ? name : third === 68 ? number : undefined
      const isHoarse = hoarseFrom > 0 && this.connections >= hoarseFrom
      if (isHoarse && third === 68) this.#answer([0x00])
      else if (model !== undefined && text !== undefined) {
        this.#answer([0x5f, ...codesOf(text), 0x00])
      }
    } else if (first === 0x1d && second === 0x28 && third === 0x48 && ids) {
      this.#answer([0x37, 0x22, ...command.slice(7, 11), 0x00])
    } else if (first === 0x1d && second === 0x5e && macros) {
      const own = this.#macro ?? []
      this.#buffer.unshift(...own)
    }
  }

  #answer(bytes: readonly number[]): void {
    const { answerMs, repeatEvery } = this.#options
    this.#answers++
    const isTwice = repeatEvery > 0 && this.#answers % repeatEvery === 0
    const socket = this.#socket
    const say = () => this.#say(bytes, socket)
    if (answerMs === 0) say()
    else setTimeout(say, answerMs)
    if (isTwice) setTimeout(say, answerMs + 2)
  }

  #say(bytes: readonly number[], socket = this.#socket): void {
    if (bytes.length > 0 && socket?.writable) socket.write(Uint8Array.from(bytes))
  }
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}
