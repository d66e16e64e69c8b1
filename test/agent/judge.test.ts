/** Every state of a job in the journal, against a slip that the hub gives: what the agent does, and what it tells. */

import { expect, test } from 'vitest'
import { judgeTaken } from '../../src/agent/judge-taken.js'
import { endOf, formatNote, type SlipNote } from '../../src/agent/note.js'
import { endReports } from '../../src/agent/reports.js'
import { systemdUnit } from '../../src/agent/systemd-unit.js'
import type { Taken } from '../../src/hub-api/agent-shapes.js'
import { memoryJournal } from '../../src/journal/memory.js'
import type { JobEvent, JobRecord } from '../../src/journal/types.js'

const slip = '00000000-0000-4000-8000-000000000001'
const hash = 'a'.repeat(64)

const taken = (epoch: number, contentHash = hash): Taken => ({
  ...{ slip, epoch, key: 'k', copyIndex: 1, printer: slip, marked: false, contentHash },
  payload: { hash, size: 3, segments: null, heading: null },
  ...{ title: null, expiresAt: null, again: false },
})

const note = (more: Partial<SlipNote> = {}): SlipNote => ({
  ...{ origin: 'hub', id: slip, printer: slip, contentHash: hash, payloadHash: hash },
  acceptedAt: '2026-11-29T12:00:00.000Z',
  claim: { slip, epoch: 1 },
  ...more,
})

const jobId = '1:k'
const printer = 'tcp://127.0.0.1:9100'
const started = { type: 'started', jobId, printer, segments: 2 } as const
const back = (outcome: 'not-started' | 'expired') =>
  ({
    type: 'cancelled',
    jobId,
    note: formatNote(note({ givenBack: { outcome, reason: 'r' } })),
  }) as const
const ended = (type: 'failed' | 'uncertain', sent: number) =>
  ({ type, jobId, reason: 'x', printed: 0, sent }) as const

async function recordAfter(
  events: readonly JobEvent[],
  own: Partial<SlipNote> = {},
): Promise<JobRecord> {
  const journal = memoryJournal()
  const first = { type: 'queued', jobId, printer, note: formatNote(note(own)) } as const
  let record = await journal.append(first)
  for (const event of events) record = await journal.append(event)
  return record
}

const CASES: readonly [
  name: string,
  events: readonly JobEvent[],
  epoch: number,
  verdict: string,
  outcome: string | undefined,
][] = [
  ['waits', [], 1, 'wait', undefined],
  ['waits, and is taken again', [], 2, 'wait', undefined],
  ['is being printed', [started], 1, 'wait', undefined],
  [
    'failed before its first byte, and is tried again',
    [started, ended('failed', 0)],
    1,
    'wait',
    undefined,
  ],
  ['is printed', [started, { type: 'done', jobId, grade: 'printed' }], 1, 'tell', 'printed'],
  ['is processed', [started, { type: 'done', jobId, grade: 'processed' }], 2, 'tell', 'processed'],
  [
    'was taken by the link',
    [started, { type: 'done', jobId, grade: 'accepted' }],
    2,
    'tell',
    'accepted-by-printer',
  ],
  [
    'was handed over',
    [started, { type: 'done', jobId, grade: 'handed-over' }],
    2,
    'tell',
    'handed-over',
  ],
  ['is half printed', [started, ended('failed', 1)], 2, 'tell', 'partial'],
  ['may be printed', [started, ended('uncertain', 1)], 2, 'tell', 'uncertain'],
  [
    'may be printed, and a person has given it up',
    [started, ended('uncertain', 1), { type: 'cancelled', jobId }],
    2,
    'tell',
    'uncertain',
  ],
  ['was given back, and is offered again', [back('not-started')], 2, 'print-again', 'not-started'],
  [
    'was given back, and the hub does not know it yet',
    [back('not-started')],
    1,
    'tell',
    'not-started',
  ],
  ['has expired', [back('expired')], 1, 'tell', 'expired'],
  ['was cancelled by a person in the store', [{ type: 'cancelled', jobId }], 1, 'tell', 'expired'],
]

test.each(CASES)('a slip that %s', async (_, events, epoch, verdict, outcome) => {
  const record = await recordAfter(events)
  expect(endOf(record)?.outcome).toBe(outcome)
  const judged = judgeTaken(record, taken(epoch))
  expect(judged.what).toBe(verdict)
  if (judged.what === 'tell') expect(judged.end.outcome).toBe(outcome)
})

test('a key that the journal does not have is printed', () => {
  expect(judgeTaken(undefined, taken(1))).toEqual({ what: 'print' })
})

test('a key whose paper has other content is told as uncertain, whatever became of it', async () => {
  for (const events of [
    [],
    [started],
    [started, { type: 'done', jobId, grade: 'printed' } as const],
  ]) {
    const judged = judgeTaken(await recordAfter(events), taken(2, 'b'.repeat(64)))
    expect(judged).toEqual({ what: 'tell', end: { outcome: 'uncertain', reason: 'key-conflict' } })
  }
})

test('a slip from the LAN is told as a fact, and also to the slip that was taken meanwhile', async () => {
  const done = [started, { type: 'done', jobId, grade: 'processed' } as const]
  const tell = async (own: Partial<SlipNote>) => {
    const record = await recordAfter(done, own)
    const noted = note(own)
    const end = endOf(record, noted)
    if (end === undefined) throw new Error('it has ended')
    return endReports(record, noted, { end, at: noted.acceptedAt }).map(({ what }) => what)
  }
  expect(await tell({})).toEqual(['ended'])
  expect(await tell({ origin: 'lan' })).toEqual(['fact', 'ended'])
  const { claim: _, ...unclaimed } = note({ origin: 'lan' })
  const record = await recordAfter(done, unclaimed)
  const end = { outcome: 'processed' } as const
  const [fact, more] = endReports(record, unclaimed, { end, at: unclaimed.acceptedAt })
  expect(more).toBeUndefined()
  expect(fact).toMatchObject({ what: 'fact', key: 'k', copyIndex: 1, outcome: 'processed' })
})

test('a unit for systemd quotes what systemd would read otherwise', () => {
  const command = ['/usr/bin/node', 'run', '--printer', '前 台=tcp://a', '100%', '$HOME', 'a"b']
  const unit = systemdUnit({ command, folder: '/var/lib/agent', user: 'till' })
  expect(unit).toContain(
    'ExecStart=/usr/bin/node run --printer "前 台=tcp://a" 100%% $$HOME "a\\"b"\n',
  )
  expect(unit).toContain('User=till\n')
})
