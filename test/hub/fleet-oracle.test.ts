/** The judge of the fleet must be able to say no: every law, broken once. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { markCommand, marksOnDots } from '../../scripts/fleet/dot-marks.mjs'
import { MUTANTS } from '../../scripts/fleet/mutants.mjs'
import {
  type FleetEvidence,
  type FleetMark,
  type FleetSlip,
  judgeFleet,
} from '../../scripts/fleet/oracle.mjs'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { encodeCommand } from '../../src/encoders/escpos/codec.js'
import { generic80 } from '../../src/profiles/generic-80.js'

const at = new Date('2026-11-29T12:00:00Z')
const slip = (key: string, state: string, more: Partial<FleetSlip> = {}): FleetSlip => ({
  ...{ id: key, key, copy_index: 1, state, marked: false, wanted_by: null, reason: null },
  ...{ printer: 'p1', agents: ['a1'], taken_at: at, ended_at: at },
  ...more,
})
const copy = (key: string, state: string, wantedBy: string | null = '王店长') =>
  slip(key, state, { id: `${key}-2`, copy_index: 2, marked: true, wanted_by: wantedBy })
const paper = (key: string, ...more: readonly FleetMark[]) => ({
  ...{ printer: 1, at: at.getTime() },
  marks: [...more, ['start', key] as const, ['end', key] as const],
})
const torn = (key: string) => ({ printer: 1, at: at.getTime(), marks: [['start', key] as const] })
const kill = { what: 'agent' as const, id: 'a1', from: at.getTime(), to: at.getTime() }

function judge(slips: readonly FleetSlip[], papers: FleetEvidence['papers'], more = {}) {
  const acks = new Map(slips.map(({ key }) => [key, { by: 'hub', want: 'print' }]))
  const given = { slips, papers, acks, faults: [], isCalm: false, share: 0, ...more }
  return judgeFleet(given).violations
}

describe('the judge agrees', () => {
  it.each([
    ['printed, on one whole paper', [slip('f1', 'printed')], [paper('f1')]],
    [
      'processed, over an empty roll',
      [slip('f1', 'processed')],
      [torn('f1'), { printer: 1, at: at.getTime(), marks: [['end', 'f1'] as const] }],
    ],
    ['cancelled, on none', [slip('f1', 'cancelled'), slip('f2', 'printed')], [paper('f2')]],
    [
      'a marked copy that somebody wanted',
      [slip('f1', 'printed'), copy('f1', 'printed')],
      [paper('f1'), paper('f1', ['again'])],
    ],
  ] as const)('%s', (_, slips, papers) => {
    expect(judge(slips, papers)).toEqual([])
  })

  it('uncertain and partial with a fault in their history', () => {
    const slips = [slip('f1', 'uncertain'), slip('f2', 'uncertain'), slip('f3', 'partial')]
    expect(judge(slips, [paper('f1'), torn('f3')], { faults: [kill] })).toEqual([])
  })
})

describe('the judge says no', () => {
  const sure = [slip('f1', 'printed')]
  it.each([
    [
      'two papers without a mark',
      sure,
      [paper('f1'), paper('f1')],
      'f1 is on 2 papers without a mark',
    ],
    ['printed, and no paper', sure, [], 'f1 is printed, and on 0 papers, 0 of them whole'],
    ['printed, and torn', sure, [torn('f1')], 'f1 is printed, and on 1 papers, 0 of them whole'],
    [
      'cancelled, and on paper',
      [slip('f1', 'cancelled')],
      [paper('f1')],
      'f1 is cancelled, and on 1 papers',
    ],
    [
      'not started, and torn',
      [slip('f1', 'not-started')],
      [torn('f1')],
      'f1 is not-started, and on 1 papers',
    ],
    [
      'expired, and on paper',
      [slip('f1', 'expired')],
      [paper('f1')],
      'f1 is expired, and on 1 papers',
    ],
    [
      'partial, and whole',
      [slip('f1', 'partial')],
      [paper('f1')],
      'f1 is partial, and its paper is whole',
    ],
    [
      'doubt without a fault',
      [slip('f1', 'uncertain')],
      [],
      'f1 is uncertain (null) without a fault in its history',
    ],
    [
      'held without a fault',
      [slip('f1', 'taken')],
      [],
      'f1 is taken (null) without a fault in its history',
    ],
    [
      'a copy that nobody wanted',
      [...sure, copy('f1', 'printed', null)],
      [paper('f1'), paper('f1', ['again'])],
      'f1 has a marked copy that nobody wanted',
    ],
    [
      'a marked paper without a copy',
      sure,
      [paper('f1'), paper('f1', ['again'])],
      'f1 has 1 marked papers for 0 copies',
    ],
    [
      'a copy without its paper',
      [...sure, copy('f1', 'printed')],
      [paper('f1')],
      'f1 has 0 whole marked papers for 1 printed copies',
    ],
    [
      'a paper that no hub knows',
      sure,
      [paper('f1'), paper('f9')],
      'f9 is on paper and not in the hub',
    ],
    ['a slip that still waits', [slip('f1', 'accepted')], [], 'f1 is accepted, and still waits'],
  ] as const)('%s', (_, slips, papers, violation) => {
    expect(judge(slips, papers)).toContain(violation)
  })

  it('of papers that came out in another order than their slips were taken', () => {
    const later = new Date(at.getTime() + 1000)
    const slips = [slip('f1', 'printed'), slip('f2', 'printed', { taken_at: later })]
    const out = (key: string, ms: number) => ({ ...paper(key), at: at.getTime() + ms })
    const wrong = ['f1 came out after f2, and was taken before it']
    expect(judge(slips, [out('f2', 2000), out('f1', 3000)])).toEqual(wrong)
    expect(judge(slips, [out('f1', 500), out('f2', 2000)])).toEqual([])
    // By the LAN, before it was taken.
    expect(judge(slips, [out('f2', 500), out('f1', 700)])).toEqual([])
  })

  it('of a paper that came out elsewhere', () => {
    const idOf = (index: number) => `p${index}`
    expect(judge(sure, [{ ...paper('f1'), printer: 2 }], { idOf })).toEqual([
      'f1 came out at another printer than its own',
    ])
    expect(judge(sure, [paper('f1')], { idOf })).toEqual([])
  })

  it('of a slip that was acknowledged and is lost', () => {
    const acks = new Map([['f2', { by: 'lan', want: 'print' }]])
    expect(judge(sure, [paper('f1')], { acks })).toContain('f2 was taken by the lan and is lost')
  })

  it('of a slip that was cancelled for sure and came out', () => {
    const acks = new Map([['f1', { by: 'hub', want: 'cancelled' }]])
    expect(judge(sure, [paper('f1')], { acks })).toEqual([
      'f1 was cancelled for sure, and is on 1 papers',
    ])
  })

  it('of a hub that calls everything uncertain', () => {
    const slips = [slip('f1', 'uncertain'), slip('f2', 'printed')]
    const papers = [paper('f1'), paper('f2')]
    const faults = [kill]
    expect(judge(slips, papers, { faults, isCalm: true })).toEqual([
      'without faults 1 slips are not printed',
    ])
    expect(judge(slips, papers, { faults, share: 0.95 })).toEqual([
      'only 50.0 % are printed, of 95.0 % at least',
    ])
  })

  it('of a doubt whose fault was elsewhere, or long before', () => {
    const slips = [slip('f1', 'uncertain')]
    const faults = [
      { ...kill, id: 'a2' },
      { ...kill, from: at.getTime() - 60_000, to: at.getTime() - 50_000 },
    ]
    expect(judge(slips, [], { faults })).toEqual([
      'f1 is uncertain (null) without a fault in its history',
    ])
    // Its agent had it from a till by then.
    const lanFrom = new Map([['f1', at.getTime() - 55_000]])
    expect(judge(slips, [], { faults, lanFrom })).toEqual([])
  })
})

it('marks in dots are read from paper as they were printed', () => {
  const marks = ['again', 'start', 'end', 'end'] as const
  const bytes = marks.flatMap((what, i) => [
    ...encodeCommand(markCommand(what, 70_000 + i)),
    ...new TextEncoder().encode('牛肉面\n'),
  ])
  const { bitmap } = printBytes(Uint8Array.from(bytes), generic80)
  expect(marksOnDots(bitmap)).toEqual(marks.map((what, i) => [what, 70_000 + i]))
})

it.each(Object.entries(MUTANTS))(
  'the mutant %s finds its place in the code',
  (_, { file, from }) => {
    const text = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')
    expect(text.split(from)).toHaveLength(2)
  },
)
