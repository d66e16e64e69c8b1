/**
 * A receipt printer: its receive buffer, its sensors, its paper, and what it answers. No sockets here.
 *
 * It is long because it is the whole interface of the printer: most of its methods delegate to the input, the paper or the motor.
 */

import { executeControl, hasEffects } from '../emulator/commands/control-commands.js'
import type { Control } from '../emulator/control.js'
import type { Effect } from '../emulator/effect.js'
import { Macro } from '../emulator/macro.js'
import { GraphicsMemory } from '../emulator/pictures/graphics-memory.js'
import type { Paper } from '../model/paper.js'
import { DeviceActions } from './device-actions.js'
import { DeviceInput, type Due } from './device-input.js'
import { type DeviceListener, LOGO_BYTES, type VirtualDeviceOptions } from './device-options.js'
import { RealtimeScanner } from './device-realtime.js'
import type { DeviceState } from './device-state.js'
import { DevicePaper } from './roll/device-paper.js'
import { Marks } from './roll/marks.js'
import type { MakeRoll, PaperPiece } from './roll/paper-piece.js'

export type { DeviceListener, VirtualDeviceOptions } from './device-options.js'

const NEVER = Number.POSITIVE_INFINITY

/** A printer without a link: it takes bytes, gives answers, and moves its paper in real time. */
export class VirtualDevice {
  readonly #options: VirtualDeviceOptions
  readonly #scanner = new RealtimeScanner()
  /** NV graphics, which the device and its paper share, because the paper prints them. */
  readonly #memory: GraphicsMemory
  readonly #actions: DeviceActions
  readonly #input: DeviceInput
  readonly #paper: DevicePaper | undefined
  readonly #receivedMarks = new Marks()
  #paperEndAt: number
  #listener: DeviceListener = {}
  /** Offset of the first byte received since the device was switched on. */
  #poweredAt = 0
  #executing = false
  /** Effects that the present command has reported and the device has not acted on yet. */
  #effects: Effect[] = []
  /** Executes the commands of a device without paper. In a device with paper, the paper's machine does. */
  #control: Control
  #isXoff = false

  /**
   * @param makeRoll a `MakeRoll`, which is not the declared type because its types belong to the emulator's machine and are not
   * public; without one the device draws nothing, even with a profile: see `virtualDevice`
   */
  constructor(options: VirtualDeviceOptions = {}, makeRoll?: (...parts: never[]) => object) {
    const { profile } = options
    this.#options = options
    this.#memory = new GraphicsMemory(options.logoBytes ?? LOGO_BYTES)
    this.#control = this.#newControl()
    this.#input = new DeviceInput(options.receiveBufferBytes ?? 65_536)
    this.#actions = new DeviceActions(options, {
      say: (bytes) => this.#listener.reply !== undefined && this.#listener.reply(bytes) !== false,
      set: (change) => this.set(change),
      clear: () => this.#clear(),
      pulsed: (pin) => this.#listener.pulsed?.(pin),
      switchedOff: () => this.#listener.changed?.(this.state),
    })
    if (profile !== undefined && makeRoll !== undefined) {
      const host = { isOffline: () => this.offline, tick: () => this.#execute() }
      this.#paper = new DevicePaper(
        {
          ...options,
          profile,
          printer: {
            nvGraphics: this.#memory,
            hasMacro: options.macros !== false,
            report: (effect) => this.#effects.push(effect),
          },
          makeRoll: makeRoll as MakeRoll,
        },
        host,
      )
    }
    if (options.paperLeftMm !== undefined) this.loadPaper(options.paperLeftMm)
    this.#paperEndAt = options.paperEndAfterBytes ?? NEVER
  }

  /** Sets the listener, of which there is one at a time. Answers without a listener are lost. */
  listen(listener: DeviceListener): void {
    this.#listener = listener
    const { printed, cut } = listener
    this.#paper?.watch(
      printed === undefined && cut === undefined
        ? undefined
        : {
            printed: (from, to) => printed?.call(listener, from, to),
            cut: (piece, made) => cut?.call(listener, piece, made),
          },
    )
  }

  /** Keys of the stored logos, and the number of writes to the NV memory. */
  get logos(): { readonly keys: readonly string[]; readonly writes: number } {
    return this.#memory
  }

  get state(): DeviceState {
    return this.#actions.state
  }

  get offline(): boolean {
    return this.#actions.isOffline
  }

  /** Whether DLE DC4 fn 2 or `stop` has switched the device off. Until it is restarted, it then takes all bytes and never answers. */
  get off(): boolean {
    return this.#actions.isOff
  }

  get receivedBytes(): number {
    return this.#input.received
  }

  /** Number of bytes received and not yet executed. */
  get bufferedBytes(): number {
    return this.#input.length
  }

  /** Number of bytes that `receive` would take in one call. */
  get room(): number {
    if (this.off) return NEVER
    const free = this.#options.losesWhenFull ? NEVER : this.#input.free
    return Math.min(free, this.#receivedMarks.next - this.#input.received)
  }

  /** Number of bytes that were lost because the buffer was full. */
  get lostBytes(): number {
    return this.#input.lost
  }

  /** Length of paper that has come out since the device exists. */
  get printedMm(): number {
    return this.#paper?.printedMm ?? 0
  }

  /** Length of paper until the roll ends; infinity if it never ends. */
  get paperLeftMm(): number {
    return this.#paper?.leftMm ?? NEVER
  }

  /** Number of cuts made. */
  get cuts(): number {
    return this.#paper?.cuts ?? 0
  }

  /** Whether the paper moves or is about to move. */
  get printing(): boolean {
    return !this.offline && (this.#input.length > 0 || this.#paper?.isBehind === true)
  }

  /** A paper for each time that the device was switched on; none without a profile. */
  get papers(): readonly Paper[] {
    return this.#paper?.papers ?? []
  }

  /** The papers that were cut off, and last the paper that hangs in the printer, if something is printed on it. */
  get pieces(): readonly PaperPiece[] {
    return this.#paper?.pieces ?? []
  }

  /** The paper in the printer: its number, the row of the roll at which it begins, and the row up to which it is out. */
  get present(): { readonly number: number; readonly row: number; readonly outRow: number } {
    return this.#paper?.present ?? { number: 1, row: 0, outRow: 0 }
  }

  /** Packed rows of the paper in the printer, `to` exclusive; both count from the top of the roll. */
  rows(from: number, to: number): Uint8Array {
    return this.#paper?.rows(from, to) ?? new Uint8Array(0)
  }

  /** Opens the cover, puts paper in, and so on. A printer that comes back online goes on with the bytes in its buffer. */
  set(change: Partial<DeviceState>): void {
    if (change.paper === 'ok' && this.state.paper !== 'ok') this.loadPaper(NEVER)
    this.#actions.change(change)
    this.#listener.changed?.(this.state)
    this.#execute()
  }

  /** Loads a roll with `leftMm` of paper. Its near end and its end change the state; until then the sensor's state stays. */
  loadPaper(leftMm: number): void {
    this.#paperEndAt = NEVER
    const { nearEndMm } = this.#options
    this.#paper?.load(leftMm, nearEndMm, (paper) => this.set({ paper }))
  }

  /** Tears off the paper that has come out, as a person does at a printer without a cutter. */
  tear(): void {
    this.#paper?.tear()
  }

  /** Sends the four status bytes as if something had changed. */
  pushStatus(): void {
    this.#actions.pushStatus()
  }

  /** Sends any bytes to the host, unasked. */
  say(bytes: Uint8Array): void {
    this.#listener.reply?.(bytes)
  }

  /** Calls `run` when `bytes` bytes have been received in all; `receive` takes no more in that call. Returns a cancel function. */
  whenReceived(bytes: number, run: () => void): () => void {
    const forget = this.#receivedMarks.add(bytes, run)
    this.#receivedMarks.reach(this.#input.received)
    return forget
  }

  /** Calls `run` when `mm` of paper have come out in all, exact to the dot. Never without a profile. */
  whenPrinted(mm: number, run: () => void): () => void {
    return this.#paper?.whenPrinted(mm, run) ?? (() => {})
  }

  /** Calls `run` before or after the cut of this number, counted from 1. Never without a profile. */
  whenCut(number: number, phase: 'before' | 'after', run: () => void): () => void {
    return this.#paper?.whenCut(number, phase, run) ?? (() => {})
  }

  /** Takes as many bytes into the receive buffer as there is `room` for, executes commands if it can, and returns the number. */
  receive(bytes: Uint8Array): number {
    if (this.off) return bytes.length
    const taken = bytes.subarray(0, this.room)
    let from = 0
    for (let i = 0; i < taken.length; i++) {
      const request = this.#scanner.take(taken[i] ?? 0)
      if (request === undefined) continue
      this.#input.append(taken.subarray(from, i + 1))
      from = i + 1
      // The bytes before the request are executed first, unless the printer is offline or still moves its paper.
      this.#execute()
      this.#actions.answerNow(request)
      if (this.off) return bytes.length
    }
    this.#input.append(taken.subarray(from))
    this.#execute()
    this.#receivedMarks.reach(this.#input.received)
    return taken.length
  }

  /** Sends the process ID that was kept for the host, because the host is connected now. */
  hostReady(): void {
    this.#actions.hostReady()
  }

  /** Executes a last line that no line feed has ended. */
  finishText(): void {
    this.#input.finishText()
    this.#execute()
  }

  /** Switches the power off and on, which loses the buffer, half a command and all settings. */
  restart(): void {
    this.#input.clear()
    this.#poweredAt = this.#input.received
    this.#actions.restart()
    this.#control = this.#newControl()
    this.#isXoff = false
    this.#paper?.restart()
    this.#listener.restarted?.()
  }

  /** Stops the device for good. */
  stop(): void {
    this.#paper?.stop()
    this.#actions.stop()
  }

  /**
   * Sends XOFF when the buffer fills and XON when it empties. These bytes may come before and between answers.
   */
  #flow(): void {
    if (!this.#options.xonXoff) return
    const { level } = this.#input
    const wantsXoff = this.#isXoff ? level > 1 / 4 : level >= 3 / 4
    if (wantsXoff === this.#isXoff) return
    this.#isXoff = wantsXoff
    this.#listener.reply?.(Uint8Array.of(wantsXoff ? 0x13 : 0x11))
  }

  #clear(): void {
    this.#input.clear()
    this.#paper?.clear()
  }

  #execute(): void {
    if (this.#executing) return
    this.#executing = true
    const held = this.#input.length
    while (!this.offline && this.#paper?.move() !== false) {
      const limit = this.#paperEndAt - this.#input.decoded
      const due = this.#input.next(limit)
      if (due !== undefined) this.#run(due)
      else if (this.#input.decoded >= this.#paperEndAt) this.set({ paper: 'end' })
      else break
    }
    this.#paper?.run()
    this.#executing = false
    if (this.#options.skipsProcessIds) this.hostReady()
    this.#flow()
    if (held > 0 && this.#input.length < held) this.#listener.drained?.()
    if (!this.printing) this.#listener.rested?.()
  }

  #run({ command, bytes, offset }: Due): void {
    this.#listener.executed?.(offset, bytes)
    const sinceOn = offset - this.#poweredAt
    if (this.#paper === undefined) executeControl(this.#control, command, sinceOn)
    else {
      this.#paper.draw({ command, offset: sinceOn })
      // A host waits for the answers, whereas the dots can wait until someone asks for the paper.
      if (hasEffects(command.kind)) this.#paper.catchUp()
    }
    for (const effect of this.#effects.splice(0)) this.#actions.act(effect)
  }

  #newControl(): Control {
    return {
      nvGraphics: this.#memory,
      macro: new Macro(this.#options.macros !== false),
      report: (effect) => this.#effects.push(effect),
    }
  }
}
