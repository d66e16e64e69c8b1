import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fileJournal } from '../../src/journal/file.js'
import { memoryJournal } from '../../src/journal/memory.js'
import { journalConformance } from '../conformance/journal.js'

const printer = 'tcp://10.0.0.1:9100'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'xiaopiao-journal-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

const fresh = async () => fileJournal(join(await folder(), 'jobs.jsonl'))

journalConformance({ name: 'memory', fresh: async () => memoryJournal() })
journalConformance({
  name: 'file',
  fresh,
  reopen: (journal) => fileJournal((journal as Awaited<ReturnType<typeof fresh>>).path),
})

describe('a file', () => {
  it('that was torn at any byte holds all that was promised, and goes on', async () => {
    const path = join(await folder(), 'jobs.jsonl')
    const journal = await fileJournal(path)
    await journal.append({ type: 'queued', jobId: 'a', printer })
    const { size: whole } = await stat(path)
    await journal.append({ type: 'started', jobId: 'a', printer, segments: 2 })
    const text = await readFile(path)
    for (let cut = whole; cut < text.length; cut += 7) {
      await writeFile(path, text.subarray(0, cut))
      const again = await fileJournal(path)
      expect((await again.get('a'))?.state).toBe('queued')
      await again.append({ type: 'cancelled', jobId: 'a' })
      const third = await fileJournal(path)
      expect((await third.get('a'))?.state).toBe('cancelled')
      expect(third.damage).toEqual([])
    }
  })

  it('says where a line in the middle is damaged, and reads the others', async () => {
    const journal = await fresh()
    await journal.append({ type: 'queued', jobId: 'a', printer })
    await appendFile(journal.path, '\0\0\0\0\n')
    await journal.append({ type: 'queued', jobId: 'b', printer })
    const again = await fileJournal(journal.path)
    expect((await again.list()).map(({ jobId }) => jobId)).toEqual(['a', 'b'])
    expect(again.damage).toMatchObject([{ code: 'JOURNAL_LINE_DAMAGED', severity: 'error' }])
    // What it said may have been that the job was begun.
    expect((await again.list()).map(({ state }) => state)).toEqual(['uncertain', 'queued'])
  })

  it('is written anew when it is large, and keeps what waits', async () => {
    const path = join(await folder(), 'jobs.jsonl')
    const journal = await fileJournal(path, { compactBytes: 20_000, keepOver: 5 })
    const other = await fileJournal(path)
    const payload = { bytes: new Uint8Array(500).fill(7) }
    await journal.append({ type: 'queued', jobId: 'waits', printer, payload })
    for (let i = 0; i < 60; i++) {
      const jobId = `job-${i}`
      await journal.append({ type: 'queued', jobId, printer, payload })
      await journal.append({ type: 'started', jobId, printer, segments: 1 })
      await journal.append({ type: 'done', jobId, grade: 'printed' })
    }
    expect((await stat(path)).size).toBeLessThan(40_000)
    for (const one of [journal, other, await fileJournal(path)]) {
      expect(await one.payload('waits')).toEqual(payload)
      expect((await one.get('job-59'))?.state).toBe('done')
      expect((await one.list()).length).toBeLessThan(60)
    }
  })

  it('is shared: each sees what the other wrote, and a job starts once', async () => {
    const one = await fresh()
    const two = await fileJournal(one.path)
    await one.append({ type: 'queued', jobId: 'a', printer })
    expect((await two.get('a'))?.state).toBe('queued')
    const start = { type: 'started', jobId: 'a', printer, segments: 1 } as const
    const both = await Promise.allSettled([one.append(start), two.append(start)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('that is no file is an error with the path', async () => {
    const path = await folder()
    await expect(fileJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' })
  })
})
