/**
 * A receipt printer: its receive buffer, its sensors, its paper, and what it answers. No sockets here.
 *
 * It is long because it is the whole face of the printer: most of its methods hand on to the input, the paper or the motor.
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

/** A printer without a link: bytes in, answers out, and paper that moves in its time. */
export class VirtualDevice {
  readonly #options: VirtualDeviceOptions
  readonly #scanner = new RealtimeScanner()
  /** The only one: the paper prints from it as well. */
  readonly #memory: GraphicsMemory
  readonly #actions: DeviceActions
  readonly #input: DeviceInput
  readonly #paper: DevicePaper | undefined
  readonly #receivedMarks = new Marks()
  #paperEndAt: number
  #listener: DeviceListener = {}
  /** Offset of the first byte received since it was switched on. */
  #poweredAt = 0
  #executing = false
  /** Reported by the command that is executed, and not acted on yet. */
  #effects: Effect[] = []
  /** Of a device without paper; else the paper's machine is it. */
  #control: Control
  #isXoff = false

  /**
   * @param makeRoll a `MakeRoll`, whose types are those of the emulator's machine and not for the public; without one the device
   * draws nothing, also with a profile: see `virtualDevice`
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

  /** One listener at a time; what is said to nobody is lost. */
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

  /** Keys of the logos that it holds, and how often its NV memory was written. */
  get logos(): { readonly keys: readonly string[]; readonly writes: number } {
    return this.#memory
  }

  get state(): DeviceState {
    return this.#actions.state
  }

  get offline(): boolean {
    return this.#actions.isOffline
  }

  /** DLE DC4 fn 2 has switched it off: it takes all and says nothing until it is restarted. */
  get off(): boolean {
    return this.#actions.isOff
  }

  get receivedBytes(): number {
    return this.#input.received
  }

  /** Bytes received and not yet executed. */
  get bufferedBytes(): number {
    return this.#input.length
  }

  /** Bytes that `receive` would take in one call. */
  get room(): number {
    if (this.off) return NEVER
    const free = this.#options.losesWhenFull ? NEVER : this.#input.free
    return Math.min(free, this.#receivedMarks.next - this.#input.received)
  }

  /** Bytes that came when the buffer was full. */
  get lostBytes(): number {
    return this.#input.lost
  }

  /** Paper that has come out since the device exists. */
  get printedMm(): number {
    return this.#paper?.printedMm ?? 0
  }

  /** Until the roll ends; infinity if it does not. */
  get paperLeftMm(): number {
    return this.#paper?.leftMm ?? NEVER
  }

  /** Cuts made. */
  get cuts(): number {
    return this.#paper?.cuts ?? 0
  }

  /** The paper moves, or is about to. */
  get printing(): boolean {
    return !this.offline && (this.#input.length > 0 || this.#paper?.isBehind === true)
  }

  /** A paper for each time that it was switched on; none without a profile. */
  get papers(): readonly Paper[] {
    return this.#paper?.papers ?? []
  }

  /** The papers that were cut off, and last what hangs in the printer, if something is printed on it. */
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

  /** Opens the cover, puts paper in, and so on. A printer that comes back online goes on with what it holds. */
  set(change: Partial<DeviceState>): void {
    if (change.paper === 'ok' && this.state.paper !== 'ok') this.loadPaper(NEVER)
    this.#actions.change(change)
    this.#listener.changed?.(this.state)
    this.#execute()
  }

  /** A roll with so much paper: it ends there, and tells before that it will. The present state of the sensor stays. */
  loadPaper(leftMm: number): void {
    this.#paperEndAt = NEVER
    const { nearEndMm } = this.#options
    this.#paper?.load(leftMm, nearEndMm, (paper) => this.set({ paper }))
  }

  /** Someone tears off what has come out, as at a printer without a cutter. */
  tear(): void {
    this.#paper?.tear()
  }

  /** Sends the four status bytes as if something had changed. */
  pushStatus(): void {
    this.#actions.pushStatus()
  }

  /** Says any bytes, unasked. */
  say(bytes: Uint8Array): void {
    this.#listener.reply?.(bytes)
  }

  /** Runs when the byte is received that makes so many in all; `receive` takes none after it in the same call. */
  whenReceived(bytes: number, run: () => void): () => void {
    const forget = this.#receivedMarks.add(bytes, run)
    this.#receivedMarks.reach(this.#input.received)
    return forget
  }

  /** Runs when so much paper has come out, in all and to the dot. Never without a profile. */
  whenPrinted(mm: number, run: () => void): () => void {
    return this.#paper?.whenPrinted(mm, run) ?? (() => {})
  }

  /** Runs when it makes the cut of this number, counted from 1: before it, or after. Never without a profile. */
  whenCut(number: number, phase: 'before' | 'after', run: () => void): () => void {
    return this.#paper?.whenCut(number, phase, run) ?? (() => {})
  }

  /** Takes bytes into the receive buffer, as many as there is `room` for, and executes what it can. Returns how many. */
  receive(bytes: Uint8Array): number {
    if (this.off) return bytes.length
    const taken = bytes.subarray(0, this.room)
    let from = 0
    for (let i = 0; i < taken.length; i++) {
      const request = this.#scanner.take(taken[i] ?? 0)
      if (request === undefined) continue
      this.#input.append(taken.subarray(from, i + 1))
      from = i + 1
      // The bytes before it have been executed by then, unless the printer is offline or still moves its paper.
      this.#execute()
      this.#actions.answerNow(request)
      if (this.off) return bytes.length
    }
    this.#input.append(taken.subarray(from))
    this.#execute()
    this.#receivedMarks.reach(this.#input.received)
    return taken.length
  }

  /** The host is there: a process ID that was kept for it is returned. */
  hostReady(): void {
    this.#actions.hostReady()
  }

  /** Executes a last line that no line feed has ended. */
  finishText(): void {
    this.#input.finishText()
    this.#execute()
  }

  /** Power off and on: buffer, half a command and all settings are gone. */
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
   * Sends XOFF when the buffer fills and XON when it empties. These bytes go between the answers and before them.
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
      // A host waits for the answers, whereas the dots can wait until someone looks.
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
