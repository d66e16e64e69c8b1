/** A stream command by command, with the effects of each, found by comparing the virtual printer before and after it. */

import { DeviceActions } from '../device/device-actions.js'
import { LOGO_BYTES } from '../device/device-options.js'
import { RealtimeScanner } from '../device/device-realtime.js'
import { execute, isSwallowed } from '../emulator/commands/execute.js'
import { type Machine, powerOn } from '../emulator/machine.js'
import { endStream } from '../emulator/machine-paper.js'
import { type MachineState, stateChanges, stateOf } from '../emulator/machine-state.js'
import { GraphicsMemory } from '../emulator/pictures/graphics-memory.js'
import type { Sheet } from '../emulator/sheet.js'
import { type Decoded, decodeAll } from '../encoders/escpos/codec.js'
import type { Profile } from '../model/profile.js'
import { hexOf } from '../paper/views/paper-json.js'
import { lineText } from '../paper/views/paper-text.js'

export interface Traced extends Decoded {
  /** Effects in the order in which a reader asks for them: printed, fed, cut, answered, set. Never empty. */
  readonly effects: readonly string[]
}

export interface Trace {
  readonly commands: readonly Traced[]
  /** The notes at the end of the stream. */
  readonly end: readonly string[]
}

/**
 * Prints the stream on a ready printer that answers, and lists the effects of each command.
 *
 * @example
 * const { commands } = traceStream(Uint8Array.of(0x1b, 0x40, 0x0a), profile)
 * commands.map(({ effects }) => effects[0]) // ['no change', 'feeds 30 dots']
 */
export function traceStream(bytes: Uint8Array, profile: Profile): Trace {
  let said: number[] = []
  const actions = new DeviceActions(
    { processIds: true },
    { ...READY_HOST, say: (answer) => said.push(...answer) > 0 },
  )
  const scanner = new RealtimeScanner()
  const machine = powerOn(profile, {
    nvGraphics: new GraphicsMemory(LOGO_BYTES),
    report: (effect) => actions.act(effect),
  })
  let before = marksOf(machine)
  const commands = decodeAll(bytes).map((decoded): Traced => {
    const { command, offset, length } = decoded
    said = []
    for (const byte of bytes.subarray(offset, offset + length)) {
      const request = scanner.take(byte)
      if (request !== undefined) actions.answerNow(request)
    }
    execute(machine, command, offset)
    const after = marksOf(machine)
    const effects = [
      ...paperEffects(machine, before),
      ...answerEffects(said, after.replies - before.replies),
      ...stateChanges(before.state, after.state),
    ]
    before = after
    if (effects.length > 0) return { ...decoded, effects }
    return { ...decoded, effects: [isSwallowed(command.kind) ? 'nothing drawn' : 'no change'] }
  })
  endStream(machine)
  return { commands, end: paperEffects(machine, before) }
}

/** The rest of a ready printer. It does nothing, because no command of the stream changes the readiness of the printer. */
const READY_HOST = { set: () => {}, clear: () => {}, pulsed: () => {}, switchedOff: () => {} }

interface SheetMarks {
  readonly sheet: Sheet
  readonly lines: number
  readonly images: number
  readonly symbols: number
  readonly cuts: number
  readonly notes: number
  readonly headRow: number
}

interface Marks {
  readonly sheets: readonly SheetMarks[]
  readonly onPage: boolean
  readonly pulses: number
  readonly unknown: number
  readonly replies: number
  readonly lineX: number
  readonly items: number
  readonly half: boolean
  readonly state: MachineState
}

function marksOf(machine: Machine): Marks {
  const { paper, sheet } = machine
  return {
    sheets: (sheet === paper ? [paper] : [paper, sheet]).map((one) => ({
      sheet: one,
      lines: one.lines.length,
      images: one.images.length,
      symbols: one.symbols.length,
      cuts: one.cuts.length,
      notes: one.notes.length,
      headRow: one.headRow,
    })),
    onPage: machine.page !== undefined,
    pulses: machine.pulses.length,
    unknown: machine.unknown.length,
    replies: machine.replies,
    lineX: machine.line.x,
    items: machine.line.items.length,
    half: machine.pending.bytes.length > 0,
    state: stateOf(machine),
  }
}

function paperEffects(machine: Machine, before: Marks): string[] {
  const effects: string[] = []
  const onPage = machine.page !== undefined
  if (onPage !== before.onPage) effects.push(onPage ? 'page mode on' : 'page mode off')
  for (const marks of before.sheets) effects.push(...sheetEffects(machine, marks))
  const { line, pending, pulses, unknown } = machine
  const isOld = line.items.length >= before.items
  if (line.items.length > (isOld ? before.items : 0)) {
    effects.push(`in the line, x ${isOld ? before.lineX : 0} to ${line.x}`)
  } else if (line.x !== before.lineX && line.x > 0) effects.push(`moves to x ${line.x}`)
  if (pending.bytes.length > 0 && !before.half) effects.push('waits for the rest of a character')
  for (const { pin, onMs } of pulses.slice(before.pulses)) {
    effects.push(`opens the drawer: pin ${pin}, ${onMs} ms`)
  }
  for (const { bytes } of unknown.slice(before.unknown)) {
    effects.push(`unknown, skipped ${count(bytes.length, 'byte')}`)
  }
  return effects
}

function sheetEffects(machine: Machine, before: SheetMarks): string[] {
  const { sheet } = before
  const where = sheet === machine.paper ? '' : ' on the page'
  const printed = [
    ...sheet.lines
      .slice(before.lines)
      .filter(({ from, to }) => to > from)
      .map((line) => {
        const glyphs = sheet.glyphs.slice(line.from, line.to)
        const x = Math.min(...glyphs.map((glyph) => glyph.x))
        return `prints "${visible(lineText(glyphs, line.turn))}" at ${x},${line.y}${where}`
      }),
    ...sheet.images.slice(before.images).map(({ bitmap, scaleX, scaleY, x, y }) => {
      const size = `${bitmap.widthDots * scaleX}×${bitmap.heightDots * scaleY}`
      return `image ${size} at ${x},${y}${where}`
    }),
    ...sheet.symbols.slice(before.symbols).map(({ kind, data, x, y, widthDots, heightDots }) => {
      return `${kind} "${visible(data)}" ${widthDots}×${heightDots} at ${x},${y}${where}`
    }),
  ]
  const effects = printed.slice(0, MAX_PRINTED)
  if (printed.length > MAX_PRINTED) effects.push(`and ${printed.length - MAX_PRINTED} more`)
  const fed = sheet.headRow - before.headRow
  if (fed > 0) effects.push(`feeds ${count(fed, 'dot')}${where}`)
  if (fed < 0) effects.push(`feeds ${count(-fed, 'dot')} back${where}`)
  for (const { mode, y } of sheet.cuts.slice(before.cuts)) effects.push(`${mode} cut at row ${y}`)
  for (const { code, message } of sheet.notes.slice(before.notes)) {
    effects.push(`${code}: ${visible(message)}`)
  }
  return effects
}

/** Most printed things that are listed for one command, because a page of page mode comes out with one command. */
const MAX_PRINTED = 4

function answerEffects(said: readonly number[], replies: number): string[] {
  if (said.length > 0) {
    const hex = hexOf(Uint8Array.from(said.slice(0, 8)))
    return [`answers ${count(said.length, 'byte')}: ${hex}${said.length > 8 ? ' …' : ''}`]
  }
  return replies > 0 ? ['would be answered by some printers'] : []
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

/** Escapes control characters, because they would break the line of a listing. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (control) => `\\x${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
