/** Cuts, drawer pulses, status requests, and the settings that a virtual printer swallows. */
import { encodeCommand } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { answer, digit, type Handlers, swallow } from './handlers.js'
import { finishLine, type Machine } from './machine.js'

export const deviceCommands = {
  cut: (machine, { m }, offset) => cut(machine, digit(m) === 0 ? 'full' : 'partial', offset),
  cutOldFull: (machine, _, offset) => cut(machine, 'full', offset),
  cutOldPartial: (machine, _, offset) => cut(machine, 'partial', offset),
  cutFeed: (machine, { m, n }, offset) => {
    finishLine(machine, offset)
    const dots = machine.profile.headToCutterDots + Math.round(n * machine.modes.unitY)
    machine.sheet.feed(dots, offset)
    cut(machine, m === 65 || m === 97 || m === 103 ? 'full' : 'partial', offset)
  },
  drawerPulse: (machine, { m, t1, t2 }, offset) => {
    const pin = digit(m) === 1 ? 5 : 2
    machine.pulses.push({ pin, onMs: t1 * 2, offMs: t2 * 2, offset })
  },
  realtimePulse: (machine, { m, t }, offset) => {
    const ms = t * 100
    machine.pulses.push({ pin: m === 1 ? 5 : 2, onMs: ms, offMs: ms, offset })
  },
  autoStatus: (machine, { n }) => {
    if (n !== 0) machine.replies++
  },
  ...answer('realtimeStatus', 'realtimeStatusOf', 'statusRequest', 'printerId', 'realtimeTransmit'),
  unknown: (machine, { bytes, reason }, offset) => {
    machine.unknown.push({ offset, bytes, reason })
  },
  gsGroup: keepUnknown,
  fsGroup: keepUnknown,
  escGroup: keepUnknown,
  gs8Group: keepUnknown,
  ...swallow(
    'selectDevice',
    'returnHome',
    'unidirectional',
    'panelButtons',
    'macroDefine',
    'macroRun',
    'heating',
    'cloneDensity',
    'cloneTestPage',
  ),
} satisfies Partial<Handlers>

/** A function of a known group that the table does not name. */
function keepUnknown(machine: Machine, command: Command, offset: number): void {
  const bytes = encodeCommand(command)
  machine.unknown.push({ offset, bytes, reason: 'unknown function of a command group' })
}

/** The cutter is some dots behind the head: without a feed it cuts through what was just printed. */
function cut(machine: Machine, mode: 'full' | 'partial', offset: number): void {
  finishLine(machine, offset)
  const { paper, profile } = machine
  paper.seamRow = -1
  const y = Math.max(-paper.rowsAbove, paper.headRow - profile.headToCutterDots)
  paper.cuts.push({ mode, y, offset })
}
