/**
 * The printer that judges: it shares no code with the session or the virtual printer, and reads only the commands that the rigs' receipts
 * and the session's questions use. Its paper is a list of lines, rows of dots and cuts, each with the time at which it came out, so that
 * a claim can be held against what was on paper when it was made. Formats are those of Epson's command reference.
 */

export interface CountingPrinterOptions {
  /** GS ( H is answered, when all before it is on paper. Default true. */
  readonly ids?: boolean
  /** GS I 67 is answered so; `null`: it is silent. Default `RIG-1`. */
  readonly model?: string | null
  /** DLE DC4 8 is obeyed, and said to be. Default true. */
  readonly isClearable?: boolean
  /** Says nothing at all. Default false. */
  readonly isMute?: boolean
  /** Bytes that it takes ahead of what it executes. Default 4096. */
  readonly bufferBytes?: number
}

export interface PrinterState {
  readonly paper: 'ok' | 'end'
  readonly cover: 'closed' | 'open'
  readonly error: 'none' | 'cutter'
}

export interface PrintedUnit {
  /** `T` and the bytes of a line as Latin-1; `R` and a row of dots in hex; `C`: a cut. */
  readonly what: string
  readonly atMs: number
}

export interface Pulse {
  /** Units executed and units on paper when it came. */
  readonly executed: number
  readonly onPaper: number
}

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const DLE = 0x10
/** GS : */
const MACRO = 0x3a
/** DLE DC4 fn 8. */
const CLEAR = '16,20,8,1,3,20,1,6,2,8'
/** Parameter bytes of the commands that only change how something looks. */
const PARAMETERS: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [ESC]: {
    '@': 0,
    '2': 0,
    R: 1,
    '3': 1,
    '!': 1,
    E: 1,
    G: 1,
    '-': 1,
    a: 1,
    M: 1,
    t: 1,
    '{': 1,
    $: 2,
    '\\': 2,
    J: 1,
    d: 1,
    p: 3,
  },
  [FS]: { '&': 0, '.': 0, '!': 1, '-': 1, S: 2, C: 1 },
  [GS]: { '!': 1, B: 1, L: 2, W: 2, P: 2, ':': 0, '^': 3, a: 1, r: 1, I: 1 },
}
/** Lines that are executed and not yet on paper. */
const LINES_AHEAD = 6
const UNITS_PER_TICK = 4

type Due = { readonly unit: string } | { readonly answer: readonly number[] }

export class CountingPrinter {
  readonly paper: PrintedUnit[] = []
  readonly pulses: Pulse[] = []
  /** Commands that it does not know; after a power cut the rest of a command may look like one. */
  unknown = 0
  executed = 0
  #say: (bytes: readonly number[]) => void
  #drained: () => void
  #options: Required<CountingPrinterOptions>
  #state: PrinterState = { paper: 'ok', cover: 'closed', error: 'none' }
  #buffer: number[] = []
  #line = ''
  #ahead: Due[] = []
  #autoStatus = false
  #macro: readonly number[] = []
  #recording: number[] | undefined
  /** The last bytes received, for requests that are obeyed at once. */
  #recent: number[] = []
  #motor: ReturnType<typeof setTimeout> | undefined

  constructor(
    options: CountingPrinterOptions,
    say: (bytes: readonly number[]) => void,
    drained: () => void,
  ) {
    this.#options = {
      ids: true,
      model: 'RIG-1',
      isClearable: true,
      isMute: false,
      bufferBytes: 4096,
      ...options,
    }
    this.#say = say
    this.#drained = drained
  }

  get room(): number {
    return Math.max(0, this.#options.bufferBytes - this.#buffer.length)
  }

  /** Nothing is left to print. */
  get isIdle(): boolean {
    return this.#ahead.length === 0 && this.#buffer.length === 0
  }

  receive(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, this.room)
    for (const byte of taken) {
      this.#buffer.push(byte)
      this.#recent.push(byte)
      if (this.#recent.length > 10) this.#recent.shift()
      if (this.#recent.includes(DLE)) this.#obeyAtOnce()
    }
    this.#run()
    return taken.length
  }

  set(change: Partial<PrinterState>): void {
    this.#state = { ...this.#state, ...change }
    if (this.#autoStatus) this.#answer(this.#automaticStatus())
    this.#run()
  }

  /** Power off and on. */
  restart(): void {
    this.#clear()
    this.#macro = []
    this.#recording = undefined
    this.#autoStatus = false
    this.#recent = []
  }

  get #isStopped(): boolean {
    const { paper, cover, error } = this.#state
    return paper === 'end' || cover === 'open' || error !== 'none'
  }

  #clear(): void {
    this.#buffer = []
    this.#ahead = []
    this.#line = ''
  }

  #answer(bytes: readonly number[]): void {
    if (!this.#options.isMute) this.#say(bytes)
  }

  #obeyAtOnce(): void {
    const [a, b, n = 0] = this.#recent.slice(-3)
    if (a === DLE && b === 0x04 && n >= 1 && n <= 4) this.#answer([this.#status(n)])
    if (!this.#options.isClearable || this.#recent.join() !== CLEAR) return
    this.#clear()
    this.#answer([0x37, 0x25, 0x00])
  }

  #status(n: number): number {
    const { paper, cover, error } = this.#state
    const isEnd = paper === 'end'
    const flags = [
      this.#isStopped ? 0x08 : 0,
      (cover === 'open' ? 0x04 : 0) | (isEnd ? 0x20 : 0) | (error !== 'none' ? 0x40 : 0),
      error === 'cutter' ? 0x08 : 0,
      isEnd ? 0x6c : 0,
    ]
    return 0x12 | (flags[n - 1] ?? 0)
  }

  #automaticStatus(): number[] {
    const { paper, cover, error } = this.#state
    const first = 0x10 | (this.#isStopped ? 0x08 : 0) | (cover === 'open' ? 0x20 : 0)
    return [first, error === 'cutter' ? 0x08 : 0, paper === 'end' ? 0x0f : 0, 0x0f]
  }

  /** Executes what it may, and lets the paper move. */
  #run(): void {
    const isFull = this.room === 0
    while (!this.#isStopped && this.#ahead.length < LINES_AHEAD) {
      const length = this.#lengthOfNext()
      if (length === undefined) break
      this.#obey(this.#buffer.splice(0, length))
    }
    if (isFull && this.room > 0) this.#drained()
    if (this.#ahead.length > 0) this.#motor ??= setTimeout(() => this.#move(), 1)
  }

  #move(): void {
    this.#motor = undefined
    for (let moved = 0; !this.#isStopped && this.#ahead.length > 0 && moved < UNITS_PER_TICK; ) {
      const due = this.#ahead.shift() as Due
      if ('answer' in due) this.#answer(due.answer)
      else {
        moved++
        this.paper.push({ what: due.unit, atMs: Date.now() })
      }
    }
    this.#run()
  }

  /** Of the next command; undefined: it is not whole yet. */
  #lengthOfNext(): number | undefined {
    const [first, second = 0, third = 0, fourth = 0, fifth = 0] = this.#buffer
    if (first === undefined) return undefined
    if (first !== ESC && first !== FS && first !== GS && first !== DLE) return 1
    const parameters = PARAMETERS[first]?.[String.fromCharCode(second)] ?? 0
    // The shortest have two bytes; the others tell their length in the third or later.
    if (this.#buffer.length < (parameters === 0 && first !== GS ? 2 : 3)) {
      return second === MACRO && this.#buffer.length === 2 ? 2 : undefined
    }
    let length = 2 + parameters
    if (first === DLE) length = second === 0x14 ? (third === 8 ? 10 : 5) : 3
    if (first === GS && second === 0x56) length = third >= 65 ? 4 : 3
    if (first === GS && second === 0x28) {
      if (this.#buffer.length < 5) return undefined
      length = 5 + fourth + fifth * 256
    }
    if (first === GS && second === 0x76) {
      if (this.#buffer.length < 8) return undefined
      const [, , , , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = this.#buffer
      length = 8 + (xLow + xHigh * 256) * (yLow + yHigh * 256)
    }
    return this.#buffer.length < length ? undefined : length
  }

  #obey(command: readonly number[]): void {
    const [first = 0, second = 0] = command
    if (first === GS && second === MACRO) {
      this.#toggleMacro()
      return
    }
    this.#recording?.push(...command)
    if (first === 0x0a) this.#endLine()
    else if (first >= 0x20) this.#line += String.fromCharCode(first)
    else if (first === ESC || first === FS) this.#obeyMode(command)
    else if (first === GS) this.#obeyGroup(command)
    else if (first !== DLE && first !== 0) this.unknown++
  }

  #obeyMode([first = 0, second = 0]: readonly number[]): void {
    const letter = String.fromCharCode(second)
    if (PARAMETERS[first]?.[letter] === undefined) this.unknown++
    else if (first === ESC && letter === 'p') {
      this.pulses.push({ executed: this.executed, onPaper: this.paper.length })
    } else if (first === ESC && letter === '@') {
      this.#line = ''
      this.#autoStatus = false
    } else if (first === ESC && 'Jd'.includes(letter)) this.#endLine()
  }

  #obeyGroup(command: readonly number[]): void {
    const [, second = 0, third = 0] = command
    const { ids, model } = this.#options
    switch (String.fromCharCode(second)) {
      case 'V':
        this.#print('C')
        break
      case 'v':
        this.#printRows(command)
        break
      case '(':
        if (third === 0x48 && ids) this.#returnId(command.slice(7, 11))
        break
      case 'r':
        this.#answer([0])
        break
      case 'I': {
        const text = third === 67 ? model : third === 68 ? 'S-0001' : null
        if (model === null || text === null) break
        this.#answer([0x5f, ...Buffer.from(text, 'latin1'), 0])
        break
      }
      case 'a':
        this.#autoStatus = third !== 0
        if (this.#autoStatus) this.#answer(this.#automaticStatus())
        break
      case '^':
        this.#buffer.unshift(...this.#macro)
        break
      default:
        if (PARAMETERS[GS]?.[String.fromCharCode(second)] === undefined) this.unknown++
    }
  }

  /** When all before it is on paper. */
  #returnId(id: readonly number[]): void {
    const answer = [0x37, 0x22, ...id, 0x00]
    if (this.#ahead.length === 0) this.#answer(answer)
    else this.#ahead.push({ answer })
  }

  #toggleMacro(): void {
    if (this.#recording !== undefined) this.#macro = this.#recording
    this.#recording = this.#recording === undefined ? [] : undefined
  }

  #endLine(): void {
    if (this.#line !== '') this.#print(`T${this.#line}`)
    this.#line = ''
  }

  #printRows(command: readonly number[]): void {
    const [, , , , xLow = 0, xHigh = 0] = command
    const width = xLow + xHigh * 256
    for (let at = 8; at < command.length; at += width) {
      this.#print(`R${Buffer.from(command.slice(at, at + width)).toString('hex')}`)
    }
  }

  #print(unit: string): void {
    this.executed++
    this.#ahead.push({ unit })
  }
}
