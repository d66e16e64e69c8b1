/** A receipt printer without paper: its receive buffer, its sensors, and what it answers. No sockets here. */

import { type Decoded, Decoder } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { DeviceLogos } from './device-logos.js'
import { type RealtimeRequest, RealtimeScanner } from './device-realtime.js'
import {
  autoStatus,
  changedGroups,
  type DeviceState,
  isOffline,
  orderedStatus,
  READY,
  realtimeStatus,
} from './device-state.js'

export interface DeviceIdentity {
  readonly firmware: string
  readonly maker: string
  readonly model: string
  readonly serial: string
  /** Answer to GS I 69. */
  readonly languageFont: string
}

export interface VirtualDeviceOptions {
  /** Where it differs from ready: paper there, cover closed, no error, drawer pin low. */
  readonly state?: Partial<DeviceState>
  /** A clone that never says anything. Default false. */
  readonly oneWay?: boolean
  /** Whether it answers GS ( H, as few printers do. Default false. */
  readonly processIds?: boolean
  /** Whether it keeps a macro (GS : and GS ^) while it is on. Default true. */
  readonly macros?: boolean
  readonly identity?: Partial<DeviceIdentity>
  /** Of process IDs that come due together only the latest is returned, as when the host was not ready. Default false. */
  readonly skipsProcessIds?: boolean
  /** Said before each answer, and meaning nothing. Default none. */
  readonly strayBytes?: Uint8Array
  /** Says XOFF when the receive buffer is three quarters full, and XON when it is a quarter full. Default false. */
  readonly xonXoff?: boolean
  /** Default 65536. */
  readonly receiveBufferBytes?: number
  /** NV memory for logos. Default 262144. */
  readonly logoBytes?: number
  /** The roll ends when this many bytes have been executed. Default: never. */
  readonly paperEndAfterBytes?: number
}

export interface DeviceListener {
  /** False: the host is not there. What is said to it is lost, but for process IDs, of which the latest is kept. */
  reply?(bytes: Uint8Array): unknown
  /** A whole command, or a run of text, has been executed. `offset` counts received bytes. */
  executed?(offset: number, bytes: Uint8Array): void
  /** The receive buffer has room again, or is empty. */
  drained?(): void
  /** It was off: what is printed from now on begins with its settings at power-on. */
  restarted?(): void
}

const IDENTITY: DeviceIdentity = {
  firmware: '1.00',
  maker: 'xiaopiao',
  model: 'VIRTUAL',
  serial: '00000001',
  languageFont: 'CHINA GB18030',
}

/** Bytes that are executed in one go. */
const STEP_BYTES = 4096

export class VirtualDevice {
  readonly #options: VirtualDeviceOptions
  readonly #bufferBytes: number
  readonly #scanner = new RealtimeScanner()
  #listener: DeviceListener = {}
  #state: DeviceState
  #buffer: Uint8Array = new Uint8Array(0)
  #received = 0
  #decoder = new Decoder()
  /** Offset in the received stream of the decoder's first byte, and what it has taken but not finished. */
  #decoderStart = 0
  #unfinished: Uint8Array = new Uint8Array(0)
  #executedBytes = 0
  #paperEndAt: number
  #autoStatus = 0
  #offlineResponse = 0
  #executing = false
  #heldId: Uint8Array | undefined
  /** What GS ^ executes again, and what is being defined. */
  #macro: readonly Command[] = []
  #defining: Command[] | undefined
  #isXoff = false
  readonly #logos: DeviceLogos

  constructor(options: VirtualDeviceOptions = {}) {
    this.#options = options
    this.#state = { ...READY, ...options.state }
    this.#logos = new DeviceLogos(options.logoBytes ?? 262_144)
    this.#bufferBytes = options.receiveBufferBytes ?? 65_536
    this.#paperEndAt = options.paperEndAfterBytes ?? Number.POSITIVE_INFINITY
  }

  /** One listener at a time; what is said to nobody is lost. */
  listen(listener: DeviceListener): void {
    this.#listener = listener
  }

  /** Keys of the logos that it holds, and how often its NV memory was written. */
  get logos(): { readonly keys: readonly string[]; readonly writes: number } {
    return this.#logos
  }

  get state(): DeviceState {
    return this.#state
  }

  get offline(): boolean {
    return isOffline(this.#state)
  }

  get receivedBytes(): number {
    return this.#received
  }

  /** Bytes received and not yet executed. */
  get bufferedBytes(): number {
    return this.#buffer.length
  }

  /** Bytes that `receive` would take. */
  get room(): number {
    return this.#bufferBytes - this.#buffer.length
  }

  /** Opens the cover, puts paper in, and so on. A printer that comes back online goes on with what it holds. */
  set(change: Partial<DeviceState>): void {
    const before = this.#state
    this.#state = { ...before, ...change }
    if (before.paper === 'end' && this.#state.paper !== 'end') {
      this.#paperEndAt = Number.POSITIVE_INFINITY
    }
    if ((changedGroups(before, this.#state) & this.#autoStatus) !== 0) {
      this.#reply(autoStatus(this.#state))
    }
    if (this.#offlineResponse !== 0 && !isOffline(before) && this.offline) {
      this.#reply([0x37, 0x23, 0x00])
    }
    this.#execute()
  }

  /** Sends the four status bytes as if something had changed. */
  pushStatus(): void {
    this.#reply(autoStatus(this.#state))
  }

  /** Takes bytes into the receive buffer, as many as fit, and executes what it can. Returns how many it took. */
  receive(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, this.room)
    let from = 0
    for (let i = 0; i < taken.length; i++) {
      const request = this.#scanner.take(taken[i] ?? 0)
      if (request === undefined) continue
      this.#append(taken.subarray(from, i + 1))
      from = i + 1
      // What stands before it has been executed by then, unless the printer is offline.
      this.#execute()
      this.#answerNow(request)
    }
    this.#append(taken.subarray(from))
    this.#execute()
    return taken.length
  }

  /** The host is there: a process ID that was kept for it is returned. */
  hostReady(): void {
    const held = this.#heldId
    this.#heldId = undefined
    if (held !== undefined) this.#returnId(held)
  }

  /** Executes a last line that no line feed has ended. */
  finishText(): void {
    if (this.#buffer.length > 0 || (this.#unfinished[0] ?? 0) < 0x20) return
    this.#report(this.#decoder.end())
    this.#forget()
  }

  /** Power off and on: buffer, half a command and all settings are gone. */
  restart(): void {
    this.#buffer = new Uint8Array(0)
    this.#forget()
    this.#autoStatus = 0
    this.#offlineResponse = 0
    this.#heldId = undefined
    this.#macro = []
    this.#defining = undefined
    this.#isXoff = false
    this.#listener.restarted?.()
  }

  #append(bytes: Uint8Array): void {
    this.#received += bytes.length
    if (this.#buffer.length === 0) this.#buffer = bytes.slice()
    else {
      const joined = new Uint8Array(this.#buffer.length + bytes.length)
      joined.set(this.#buffer)
      joined.set(bytes, this.#buffer.length)
      this.#buffer = joined
    }
  }

  #forget(): void {
    this.#decoder = new Decoder()
    this.#unfinished = new Uint8Array(0)
    this.#decoderStart = this.#received - this.#buffer.length
  }

  #reply(bytes: Uint8Array | readonly number[]): boolean {
    const { oneWay, strayBytes } = this.#options
    if (oneWay) return false
    if (strayBytes !== undefined) this.#listener.reply?.(strayBytes)
    const { reply } = this.#listener
    return reply !== undefined && reply(Uint8Array.from(bytes)) !== false
  }

  #returnId(id: Uint8Array): void {
    if (!this.#reply([0x37, 0x22, ...id, 0x00])) this.#heldId = id
  }

  /** Flow control stands between the answers, and before them. */
  #flow(): void {
    if (!this.#options.xonXoff) return
    const { length } = this.#buffer
    const wantsXoff = this.#isXoff
      ? length > this.#bufferBytes / 4
      : length >= (this.#bufferBytes * 3) / 4
    if (wantsXoff === this.#isXoff) return
    this.#isXoff = wantsXoff
    this.#listener.reply?.(Uint8Array.of(wantsXoff ? 0x13 : 0x11))
  }

  #answerNow(request: RealtimeRequest): void {
    switch (request.kind) {
      case 'status': {
        const answer = realtimeStatus(this.#state, request.n)
        if (answer !== undefined) this.#reply([answer])
        return
      }
      case 'recover': {
        const { error } = this.#state
        if (error !== 'cutter' && error !== 'recoverable') return
        if (request.n === 2) this.#clear()
        if (request.n === 1 || request.n === 2) this.set({ error: 'none' })
        return
      }
      case 'clear': {
        this.#clear()
        const { error } = this.#state
        if (error === 'cutter' || error === 'recoverable') this.set({ error: 'none' })
        this.#reply([0x37, 0x25, 0x00])
        return
      }
      case 'pulse':
      case 'power-off':
        return
      default:
        request satisfies never
    }
  }

  #clear(): void {
    this.#buffer = new Uint8Array(0)
    this.#forget()
  }

  #execute(): void {
    if (this.#executing) return
    this.#executing = true
    const held = this.#buffer.length
    while (!this.offline && this.#buffer.length > 0) {
      const limit = Math.min(STEP_BYTES, this.#paperEndAt - this.#executedBytes)
      const step = this.#buffer.subarray(0, limit)
      this.#buffer = this.#buffer.subarray(step.length)
      this.#executedBytes += step.length
      this.#unfinished = join(this.#unfinished, step)
      this.#report(this.#decoder.write(step))
      if (this.#executedBytes >= this.#paperEndAt) this.set({ paper: 'end' })
    }
    this.#executing = false
    if (this.#options.skipsProcessIds) this.hostReady()
    this.#flow()
    if (held > 0 && this.#buffer.length < held) this.#listener.drained?.()
  }

  #report(commands: readonly Decoded[]): void {
    let used = 0
    for (const { command, length, offset } of commands) {
      const bytes = this.#unfinished.slice(used, used + length)
      used += length
      this.#listener.executed?.(this.#decoderStart + offset, bytes)
      this.#obey(command)
    }
    this.#unfinished = this.#unfinished.subarray(used)
  }

  #obey(command: Command): void {
    if (this.#defining !== undefined && command.kind !== 'macroDefine') this.#defining.push(command)
    const logoAnswer = this.#logos.obey(command)
    if (logoAnswer !== undefined) this.#reply(logoAnswer)
    switch (command.kind) {
      case 'initialize':
        this.#autoStatus = 0
        return
      case 'autoStatus':
        this.#autoStatus = command.n
        if (command.n !== 0) this.#reply(autoStatus(this.#state))
        return
      case 'statusRequest': {
        const answer = orderedStatus(this.#state, command.n)
        if (answer !== undefined) this.#reply([answer])
        return
      }
      case 'paperStatus':
        this.#reply([orderedStatus(this.#state, 1) ?? 0])
        return
      case 'printerId':
        this.#identify(command.n)
        return
      case 'processId':
        if (!this.#options.processIds) return
        if (this.#options.skipsProcessIds) this.#heldId = command.data
        else this.#returnId(command.data)
        return
      case 'offlineResponse':
        if (this.#options.processIds) this.#offlineResponse = command.n % 48
        return
      case 'macroDefine':
        if (this.#options.macros === false) return
        if (this.#defining !== undefined) this.#macro = this.#defining
        this.#defining = this.#defining === undefined ? [] : undefined
        return
      case 'macroRun':
        // In the middle of a definition it clears both.
        if (this.#defining !== undefined) this.#macro = []
        this.#defining = undefined
        for (let i = 0; i < command.times; i++) for (const one of this.#macro) this.#obey(one)
        return
    }
  }

  #identify(n: number): void {
    const { firmware, maker, model, serial, languageFont } = {
      ...IDENTITY,
      ...this.#options.identity,
    }
    const texts: Readonly<Record<number, string>> = {
      65: firmware,
      66: maker,
      67: model,
      68: serial,
      69: languageFont,
    }
    const text = texts[n]
    if (text !== undefined) {
      this.#reply([0x5f, ...Array.from(text, (letter) => letter.charCodeAt(0)), 0x00])
    } else if ([1, 2, 3, 49, 50, 51].includes(n)) {
      // Model, type (two-byte characters and a cutter) and version: a plain byte each.
      this.#reply([[0x20, 0x03, 0x01][(n - 1) % 48] ?? 0])
    }
  }
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after
  const joined = new Uint8Array(before.length + after.length)
  joined.set(before)
  joined.set(after, before.length)
  return joined
}
