import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeOutbox, Outbox } from '../../src/agent/outbox.js'

async function freshPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-outbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'outbox.jsonl')
  await makeOutbox(path)
  return path
}

interface Said {
  readonly n: number
}

const openOutbox = (path: string) => Outbox.open<Said>(path)
const numbersIn = (outbox: Outbox<Said>) => outbox.pending.map(({ seq, report }) => [seq, report.n])

test('keeps reports with their numbers until they are confirmed, over every start', async () => {
  const path = await freshPath()
  const outbox = await openOutbox(path)
  await Promise.all([7, 8, 9].map((n) => outbox.append({ n })))
  await outbox.confirm(1)
  await outbox.append({ n: 10 })
  const expected = [
    [2, 8],
    [3, 9],
    [4, 10],
  ]
  expect(numbersIn(outbox)).toEqual(expected)
  const again = await openOutbox(path)
  expect(numbersIn(again)).toEqual(expected)
  await again.confirm(4)
  const empty = await openOutbox(path)
  expect([numbersIn(empty), empty.lastSeq]).toEqual([[], 4])
  await empty.append({ n: 11 })
  expect(numbersIn(empty)).toEqual([[5, 11]])
})

test('a file that is torn at any byte holds all reports that were promised before', async () => {
  const path = await freshPath()
  const outbox = await openOutbox(path)
  const ends = [0]
  for (const n of [1, 2, 3]) {
    await outbox.append({ n })
    ends.push((await stat(path)).size)
  }
  const whole = await readFile(path)
  for (let size = whole.length - 1; size >= 0; size--) {
    await writeFile(path, whole.subarray(0, size))
    const torn = await openOutbox(path)
    expect(torn.pending).toHaveLength(ends.filter((end) => end > 0 && end <= size).length)
    expect(torn.damaged).toBe(0)
  }
  const fresh = await openOutbox(path)
  await fresh.append({ n: 4 })
  expect(numbersIn(await openOutbox(path))).toEqual([[1, 4]])
})

test('finds a bit that has flipped, and goes on with the other reports', async () => {
  const path = await freshPath()
  const outbox = await openOutbox(path)
  for (const n of [1, 2, 3]) await outbox.append({ n })
  const file = await open(path, 'r+')
  const bytes = await readFile(path)
  const at = bytes.indexOf('"n":2') + 4
  await file.write(Buffer.from('5'), 0, 1, at)
  await file.close()
  const damaged = await openOutbox(path)
  expect([numbersIn(damaged), damaged.damaged, damaged.lastSeq]).toEqual([
    [
      [1, 1],
      [3, 3],
    ],
    1,
    3,
  ])
})

test('is made small when it is large and the hub has everything', async () => {
  const path = await freshPath()
  const outbox = await openOutbox(path)
  const filler = { n: 1, text: 'x'.repeat(300_000) }
  for (let i = 0; i < 4; i++) await outbox.append(filler)
  await outbox.confirm(4)
  expect((await stat(path)).size).toBeLessThan(100)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await outbox.append({ n: 2 })
  expect(numbersIn(await openOutbox(path))).toEqual([[5, 2]])
})

test('a file that is gone is an agent that is wiped', async () => {
  const path = await freshPath()
  const outbox = await openOutbox(path)
  await rm(path)
  await expect(outbox.append({ n: 1 })).rejects.toMatchObject({ code: 'AGENT_WIPED' })
  await expect(openOutbox(path)).rejects.toMatchObject({ code: 'AGENT_WIPED' })
  await makeOutbox(path)
  // What could not be written has used no number.
  await outbox.append({ n: 2 })
  expect(numbersIn(outbox)).toEqual([[1, 2]])
})
