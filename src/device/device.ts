/**
 * A receipt printer: its receive buffer, its sensors, its paper, and what it answers. No sockets here.
 *
 * It is long because it is the whole face of the printer: most of its methods hand on to the input, the paper or the motor.
 */

import type { MachineParts } from '../emulator/machine-parts.js'
import { Macro } from '../emulator/macro.js'
import { GraphicsMemory } from '../emulator/pictures/graphics-memory.js'
import { writeNvGraphics } from '../emulator/pictures/write-graphics.js'
import { decodeAll, encodeCommand } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import type { Paper } from '../model/paper.js'
import { answerTo, type RealtimeRights, realtimeRights } from './device-answers.js'
import { DeviceInput, type Due } from './device-input.js'
import { DeviceLogos } from './device-logos.js'
import type { DeviceListener, VirtualDeviceOptions } from './device-options.js'
import { type RealtimeRequest, RealtimeScanner } from './device-realtime.js'
import {
  autoStatus,
  changedGroups,
  type DeviceState,
  isOffline,
  READY,
  realtimeStatus,
} from './device-state.js'
import { DevicePaper } from './roll/device-paper.js'
import { Marks } from './roll/marks.js'
import type { MakeRoll, PaperPiece } from './roll/paper-piece.js'

export type { DeviceListener, VirtualDeviceOptions } from './device-options.js'

/** Commands whose answers depend on what the paper has executed, or that run others again. */
const AWAITED: ReadonlySet<string> = new Set<Command['kind']>([
  'graphicsNvFree',
  'graphicsNvKeys',
  'macroRun',
  'barcodeB',
])

const NEVER = Number.POSITIVE_INFINITY

/** A printer without a link: bytes in, answers out, and paper that moves in its time. */
export class VirtualDevice {
  readonly #options: VirtualDeviceOptions
  readonly #scanner = new RealtimeScanner()
  /** The only one: the paper prints from it as well. */
  readonly #memory: GraphicsMemory
  readonly #logos: DeviceLogos
  readonly #input: DeviceInput
  readonly #paper: DevicePaper | undefined
  readonly #receivedMarks = new Marks()
  #paperEndAt: number
  #listener: DeviceListener = {}
  #state: DeviceState
  /** Offset of the first byte received since it was switched on. */
  #poweredAt = 0
  #autoStatus = 0
  #offlineResponse = 0
  #executing = false
  #off = false
  #rights: RealtimeRights
  #pulseEnds = 0
  #heldId: Uint8Array | undefined
  /** Of a device without paper; else the paper keeps it, and tells what it runs. */
  #macro: Macro
  #isXoff = false

  /**
   * @param makeRoll a `MakeRoll`, whose types are those of the emulator's machine and not for the public; without one the device
   * draws nothing, also with a profile: see `virtualDevice`
   */
  constructor(options: VirtualDeviceOptions = {}, makeRoll?: (...parts: never[]) => object) {
    const { profile } = options
    this.#options = options
    this.#state = { ...READY, ...options.state }
    this.#memory = new GraphicsMemory(options.logoBytes ?? 262_144)
    this.#logos = new DeviceLogos(this.#memory)
    this.#macro = this.#newMacro()
    this.#input = new DeviceInput(options.receiveBufferBytes ?? 65_536)
    this.#rights = { pulse: true, powerOff: options.obeysPowerOff ?? false }
    if (profile !== undefined && makeRoll !== undefined) {
      const host = { isOffline: () => this.offline, tick: () => this.#execute() }
      this.#paper = new DevicePaper(
        { ...options, profile, printer: this.#printer(), makeRoll: makeRoll as MakeRoll },
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
    this.#paper?.catchUp()
    return this.#memory
  }

  get state(): DeviceState {
    return this.#state
  }

  get offline(): boolean {
    return this.#off || isOffline(this.#state)
  }

  /** DLE DC4 fn 2 has switched it off: it takes all and says nothing until it is restarted. */
  get off(): boolean {
    return this.#off
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
    if (this.#off) return NEVER
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
    const before = this.#state
    this.#state = { ...before, ...change }
    if (change.paper === 'ok' && before.paper !== 'ok') this.loadPaper(NEVER)
    if ((changedGroups(before, this.#state) & this.#autoStatus) !== 0) {
      this.#reply(autoStatus(this.#state))
    }
    if (this.#offlineResponse !== 0 && !isOffline(before) && this.offline) {
      this.#reply([0x37, 0x23, 0x00])
    }
    this.#listener.changed?.(this.#state)
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
    this.#reply(autoStatus(this.#state))
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
    if (this.#off) return bytes.length
    const taken = bytes.subarray(0, this.room)
    let from = 0
    for (let i = 0; i < taken.length; i++) {
      const request = this.#scanner.take(taken[i] ?? 0)
      if (request === undefined) continue
      this.#input.append(taken.subarray(from, i + 1))
      from = i + 1
      // The bytes before it have been executed by then, unless the printer is offline or still moves its paper.
      this.#execute()
      this.#answerNow(request)
      if (this.#off) return bytes.length
    }
    this.#input.append(taken.subarray(from))
    this.#execute()
    this.#receivedMarks.reach(this.#input.received)
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
    this.#input.finishText()
    this.#execute()
  }

  /** Power off and on: buffer, half a command and all settings are gone. */
  restart(): void {
    this.#input.clear()
    this.#poweredAt = this.#input.received
    this.#off = false
    this.#autoStatus = 0
    this.#offlineResponse = 0
    this.#rights = { pulse: true, powerOff: this.#options.obeysPowerOff ?? false }
    this.#heldId = undefined
    this.#macro = this.#newMacro()
    this.#isXoff = false
    this.#paper?.restart()
    this.#listener.restarted?.()
  }

  /** Stops the device for good. */
  stop(): void {
    this.#paper?.stop()
    this.#off = true
  }

  #reply(bytes: Uint8Array | readonly number[]): boolean {
    const { oneWay, strayBytes } = this.#options
    if (oneWay || this.#off) return false
    if (strayBytes !== undefined) this.#listener.reply?.(strayBytes)
    return (
      this.#listener.reply !== undefined && this.#listener.reply(Uint8Array.from(bytes)) !== false
    )
  }

  #returnId(id: Uint8Array): void {
    if (!this.#reply([0x37, 0x22, ...id, 0x00])) this.#heldId = id
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

  #answerNow(request: RealtimeRequest): void {
    const { error } = this.#state
    const canRecover = error === 'cutter' || error === 'recoverable'
    switch (request.kind) {
      case 'status': {
        const answer = realtimeStatus(this.#state, request.n)
        if (answer !== undefined) this.#reply([answer])
        return
      }
      case 'recover':
        if (!canRecover) return
        if (request.n === 2) this.#clear()
        if (request.n === 1 || request.n === 2) this.set({ error: 'none' })
        return
      case 'clear':
        this.#clear()
        if (canRecover) this.set({ error: 'none' })
        this.#reply([0x37, 0x25, 0x00])
        return
      case 'pulse':
        if (this.#rights.pulse && error === 'none') this.#pulse(request.pin, request.onMs)
        return
      case 'transmit':
        if (request.m === 1) this.pushStatus()
        return
      case 'power-off':
        if (!this.#rights.powerOff) return
        this.#clear()
        this.#reply([0x3b, 0x30, 0x00])
        this.#off = true
        this.#listener.changed?.(this.#state)
        return
      default:
        request satisfies never
    }
  }

  /** One pulse at a time. */
  #pulse(pin: 2 | 5, onMs: number): void {
    const now = performance.now()
    if (now < this.#pulseEnds) return
    this.#pulseEnds = now + onMs
    this.#listener.pulsed?.(pin)
    const { pulseOpensDrawer } = this.#options
    if (pulseOpensDrawer !== undefined) this.set({ drawerPin: pulseOpensDrawer })
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
    if (this.#paper === undefined) {
      writeNvGraphics(this.#memory, command)
      this.#macro.record(command, encodeCommand)
    } else {
      this.#paper.draw({ command, offset: sinceOn })
      if (AWAITED.has(command.kind)) this.#paper.catchUp()
    }
    this.#obey(command, sinceOn)
  }

  /** @param offset of the command since it was switched on */
  #obey(command: Command, offset: number): void {
    const answer =
      this.#logos.answer(command) ?? answerTo(command, this.#state, this.#options.identity)
    if (answer !== undefined) this.#reply(answer)
    switch (command.kind) {
      case 'initialize':
        this.#autoStatus = 0
        return
      case 'autoStatus':
        this.#autoStatus = command.n
        if (command.n !== 0) this.#reply(autoStatus(this.#state))
        return
      case 'drawerPulse':
        this.#pulse(command.m % 48 === 1 ? 5 : 2, command.t1 * 2)
        return
      case 'realtimeCommands':
        this.#rights = realtimeRights(this.#rights, command)
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
        if (this.#paper === undefined) this.#macro.define()
        return
      case 'macroRun':
        if (this.#paper === undefined) this.#runMacro(command.times, offset)
        return
    }
  }

  #printer(): MachineParts {
    return {
      nvGraphics: this.#memory,
      hasMacro: this.#options.macros !== false,
      ranAgain: (command, offset) => this.#obey(command, offset),
    }
  }

  #newMacro(): Macro {
    return new Macro(this.#options.macros !== false)
  }

  #runMacro(times: number, offset: number): void {
    const macro = this.#macro
    if (macro.begin() !== 'ready') return
    const commands = decodeAll(macro.bytes)
    for (let time = 0; time < times && macro.mayRun(offset); time++) {
      for (const { command } of commands) {
        writeNvGraphics(this.#memory, command)
        this.#obey(command, offset)
      }
    }
    macro.end()
  }
}
