/** Cuts, requests in real time, unknown bytes, and the commands that a virtual printer swallows. */
import { encodeCommand } from '../../encoders/escpos/codec.js'
import type { Command } from '../../encoders/escpos/commands/index.js'
import { dotsY, finishLine, type Machine, shortFeed } from '../machine.js'
import { askingCommands } from './control-commands.js'
import { digit } from './digit.js'
import { answer, type Handlers, swallow } from './handlers.js'

/** Most cuts that may wait until their place has reached the cutter, which is 15 mm away. */
const MAX_DUE_CUTS = 100

export const deviceCommands = {
  cut: (machine, { m }, offset) => cut(machine, digit(m) === 0 ? 'full' : 'partial', offset),
  cutOldFull: (machine, _, offset) => cut(machine, 'full', offset),
  cutOldPartial: (machine, _, offset) => cut(machine, 'partial', offset),
  cutFeed: (machine, { m, n }, offset) => {
    const mode = m % 2 === 1 ? 'full' : 'partial'
    finishLine(machine, offset)
    const { paper, profile } = machine
    const more = dotsY(machine, n)
    if (m === 97 || m === 98) {
      const y = paper.rowsAbove + paper.headRow + more
      if (machine.dueCuts.length < MAX_DUE_CUTS) machine.dueCuts.push({ mode, y, offset })
      else paper.note('CUT_NOT_KEPT', `${MAX_DUE_CUTS} cuts wait for the paper to come`, offset)
      return
    }
    paper.feed(profile.headToCutterDots + shortFeed(machine, more), offset)
    cut(machine, mode, offset)
    // Functions 103 and 104 bring the edge back to the head.
    if (m > 98) paper.feed(-profile.headToCutterDots, offset)
  },
  realtimePulse: (machine, { m, t }, offset) => {
    const ms = t * 100
    machine.pulses.push({ pin: m === 1 ? 5 : 2, onMs: ms, offMs: ms, offset })
  },
  ...askingCommands,
  ...answer('realtimeStatus', 'realtimeStatusOf', 'realtimeTransmit'),
  testPrint: (machine, _, offset) => {
    const ignored = machine.page !== undefined
    if (!ignored) noteTestPage(machine, 'GS ( A', offset)
  },
  cloneTestPage: (machine, _, offset) => noteTestPage(machine, 'DC2 T', offset),
  xprinterSelfTest: (machine, _, offset) => noteTestPage(machine, '1F 1B 1F 67', offset),
  gsGroup: keepUnknown,
  fsGroup: keepUnknown,
  escGroup: keepUnknown,
  gs8Group: keepUnknown,
  ...swallow(
    'selectDevice',
    'returnHome',
    'unidirectional',
    'panelButtons',
    'heating',
    'cloneDensity',
  ),
} satisfies Partial<Handlers>

/** Notes a test page instead of drawing it, because each maker has a different one. */
function noteTestPage(machine: Machine, name: string, offset: number): void {
  machine.paper.note('TEST_PAGE', `${name} prints the printer's own test page, not shown`, offset)
}

/** Makes the cuts of `GS V` 97 and 98 whose place on the paper has reached the cutter. */
export function makeDueCuts(machine: Machine): void {
  const { paper, profile, dueCuts } = machine
  if (dueCuts.length === 0) return
  const reached = paper.rowsAbove + paper.headRow - profile.headToCutterDots
  for (const due of dueCuts) {
    if (due.y <= reached) paper.cuts.push({ ...due, y: due.y - paper.rowsAbove })
  }
  machine.dueCuts = dueCuts.filter((due) => due.y > reached)
}

/** Logs a function of a known group that the command table does not name. */
function keepUnknown(machine: Machine, command: Command, offset: number): void {
  const bytes = encodeCommand(command)
  machine.unknown.push({ offset, bytes, reason: 'unknown function of a command group' })
}

/** Cuts the paper at the cutter, which is some dots behind the head: without a feed, the cut goes through the lines just printed. */
function cut(machine: Machine, mode: 'full' | 'partial', offset: number): void {
  finishLine(machine, offset)
  const { paper, profile } = machine
  paper.seamRow = -1
  const row = paper.rowsAbove + paper.headRow - profile.headToCutterDots
  const y = Math.max(0, row) - paper.rowsAbove
  paper.cuts.push({ mode, y, offset })
}
