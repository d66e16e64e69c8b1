/** What every journal must do, whatever keeps it. */

import { describe, expect, it } from 'vitest'
import type { Journal } from '../../src/journal/types.js'

export interface JournalRig {
  readonly name: string
  /** A journal that holds nothing. */
  fresh(): Promise<Journal>
  /** Opens what `journal` kept once more, as a new process would; undefined: it does not last. */
  reopen?(journal: Journal): Promise<Journal>
}

const printer = 'tcp://10.0.0.1:9100'
const bytes = Uint8Array.from({ length: 300 }, (_, i) => i & 0xff)
const segments = [
  { kind: 'print', from: 0, to: 300, firstLine: 1, lastLine: 2, paths: ['nodes[0]', 'nodes[1]'] },
] as const

export function journalConformance(rig: JournalRig): void {
  const { name, reopen } = rig
  describe(`journal: ${name}`, () => {
    it('keeps a job from the queue to the end', async () => {
      const journal = await rig.fresh()
      const queued = await journal.append({ type: 'queued', jobId: 'a', printer, title: 'order 7' })
      expect(queued).toMatchObject({ jobId: 'a', state: 'queued', title: 'order 7', attempts: 0 })
      await journal.append({ type: 'started', jobId: 'a', printer, segments: 3 })
      await journal.append({ type: 'acked', jobId: 'a', printed: 2 })
      expect(await journal.get('a')).toMatchObject({
        state: 'started',
        segments: 3,
        printed: 2,
        sent: 3,
        attempts: 1,
      })
      await journal.append({ type: 'done', jobId: 'a', grade: 'printed' })
      expect(await journal.get('a')).toMatchObject({ state: 'done', grade: 'printed', printed: 3 })
      expect(await journal.get('b')).toBeUndefined()
    })

    it('refuses what cannot follow: a job that is done or under way does not start', async () => {
      const journal = await rig.fresh()
      const started = { type: 'started', jobId: 'a', printer, segments: 2 } as const
      await journal.append(started)
      await expect(journal.append(started)).rejects.toMatchObject({ code: 'JOB_STATE' })
      await journal.append({ type: 'done', jobId: 'a', grade: 'processed' })
      for (const event of [
        started,
        { type: 'queued', jobId: 'a', printer },
        { type: 'cancelled', jobId: 'a' },
        { type: 'retried', jobId: 'a', marked: true },
        { type: 'uncertain', jobId: 'a', reason: 'x', printed: 0, sent: 1 },
      ] as const) {
        await expect(journal.append(event)).rejects.toMatchObject({ code: 'JOB_STATE' })
      }
      const done = { type: 'done', jobId: 'nobody', grade: 'printed' } as const
      await expect(journal.append(done)).rejects.toMatchObject({ code: 'JOB_UNKNOWN' })
      expect((await journal.get('a'))?.state).toBe('done')
    })

    it('lets a job that never began be started again, and one that may have printed only by a person', async () => {
      const journal = await rig.fresh()
      const start = { type: 'started', jobId: 'a', printer, segments: 4 } as const
      await journal.append(start)
      await journal.append({ type: 'failed', jobId: 'a', reason: 'paper-out', printed: 0, sent: 0 })
      await journal.append(start)
      await journal.append({ type: 'failed', jobId: 'a', reason: 'paper-out', printed: 1, sent: 2 })
      await expect(journal.append(start)).rejects.toMatchObject({ code: 'JOB_STATE' })
      await journal.append({ type: 'retried', jobId: 'a', marked: true })
      expect(await journal.get('a')).toMatchObject({ state: 'queued', marked: true, sent: 0 })
      await journal.append(start)
      await journal.append({ type: 'uncertain', jobId: 'a', reason: 'x', printed: 1, sent: 3 })
      expect(await journal.get('a')).toMatchObject({ state: 'uncertain', printed: 1, sent: 3 })
      await expect(journal.append(start)).rejects.toMatchObject({ code: 'JOB_STATE' })
      expect(await journal.get('a')).toMatchObject({ attempts: 3, reason: 'x' })
    })

    it('knows what its confirmed segments are worth, and takes a person\u2019s word for the rest', async () => {
      const journal = await rig.fresh()
      const start = { type: 'started', jobId: 'a', printer, segments: 2 } as const
      await journal.append(start)
      await journal.append({ type: 'acked', jobId: 'a', printed: 1, grade: 'printed' })
      await journal.append({ type: 'acked', jobId: 'a', printed: 2 })
      expect(await journal.get('a')).toMatchObject({ printed: 2, grade: 'printed' })
      const seen = { type: 'seen', jobId: 'a' } as const
      await expect(journal.append(seen)).rejects.toMatchObject({ code: 'JOB_STATE' })
      await journal.append({ type: 'uncertain', jobId: 'a', reason: 'x', printed: 1, sent: 2 })
      expect(await journal.get('a')).not.toHaveProperty('grade')
      await journal.append(seen)
      expect(await journal.get('a')).toMatchObject({
        state: 'done',
        grade: 'printed',
        reason: 'seen',
      })
      await expect(journal.append(start)).rejects.toMatchObject({ code: 'JOB_STATE' })
    })

    it('keeps a note for the program that queued the job, whatever becomes of it', async () => {
      const journal = await rig.fresh()
      await journal.append({ type: 'queued', jobId: 'a', printer, note: '1', marked: true })
      expect(await journal.get('a')).toMatchObject({ note: '1', marked: true, state: 'queued' })
      await journal.append({ type: 'started', jobId: 'a', printer, segments: 1 })
      await journal.append({ type: 'noted', jobId: 'a', note: '2' })
      expect(await journal.get('a')).toMatchObject({ note: '2', state: 'started' })
      await journal.append({ type: 'done', jobId: 'a', grade: 'printed' })
      await journal.append({ type: 'noted', jobId: 'a', note: '3' })
      const again = (await reopen?.(journal)) ?? journal
      expect(await again.get('a')).toMatchObject({ note: '3', state: 'done', grade: 'printed' })
      const unknown = { type: 'noted', jobId: 'b', note: '' } as const
      await expect(again.append(unknown)).rejects.toMatchObject({ code: 'JOB_UNKNOWN' })
    })

    it('takes the bytes of a cancelled job once more, because it has thrown them away', async () => {
      const journal = await rig.fresh()
      await journal.append({ type: 'queued', jobId: 'a', printer, payload: { bytes }, note: '1' })
      await journal.append({ type: 'cancelled', jobId: 'a', note: 'given back' })
      expect((await journal.get('a'))?.note).toBe('given back')
      expect(await journal.payload('a')).toBeUndefined()
      const payload = { bytes, segments }
      await journal.append({ type: 'retried', jobId: 'a', marked: false, payload, note: '2' })
      const again = (await reopen?.(journal)) ?? journal
      await expect(
        again.append({ type: 'retried', jobId: 'a', marked: false, ifStill: 'failed' }),
      ).rejects.toMatchObject({ code: 'JOB_STATE' })
      expect(await again.payload('a')).toEqual(payload)
      expect(await again.get('a')).toMatchObject({ state: 'queued', note: '2' })
    })

    it('lists in the order of the queue, by state and printer', async () => {
      const journal = await rig.fresh()
      for (const jobId of ['c', 'a', 'b']) await journal.append({ type: 'queued', jobId, printer })
      await journal.append({ type: 'moved', jobId: 'a', printer: 'tcp://other:9100' })
      await journal.append({ type: 'cancelled', jobId: 'b' })
      const ids = async (filter = {}) => (await journal.list(filter)).map(({ jobId }) => jobId)
      expect(await ids()).toEqual(['c', 'a', 'b'])
      expect(await ids({ states: ['queued'] })).toEqual(['c', 'a'])
      expect(await ids({ states: ['queued'], printer })).toEqual(['c'])
    })

    it('keeps what is to be printed until it is', async () => {
      const journal = await rig.fresh()
      const heading = Uint8Array.of(0x1b, 0x40)
      const payload = { bytes, segments, heading }
      await journal.append({ type: 'queued', jobId: 'a', printer, payload, copies: 2 })
      expect(await journal.payload('a')).toEqual(payload)
      expect((await journal.get('a'))?.copies).toBe(2)
      await journal.append({ type: 'started', jobId: 'a', printer, segments: 1 })
      expect(await journal.payload('a')).toEqual(payload)
      await journal.append({ type: 'done', jobId: 'a', grade: 'printed' })
      expect(await journal.payload('a')).toBeUndefined()
    })

    it('takes writes at once, and keeps each', async () => {
      const journal = await rig.fresh()
      const ids = Array.from({ length: 40 }, (_, i) => `job-${i}`)
      await Promise.all(ids.map((jobId) => journal.append({ type: 'queued', jobId, printer })))
      expect((await journal.list()).map(({ jobId }) => jobId)).toEqual(ids)
      const same = { type: 'started', jobId: 'job-0', printer, segments: 1 } as const
      const results = await Promise.allSettled([journal.append(same), journal.append(same)])
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    it.skipIf(reopen === undefined)('is there when it is opened again', async () => {
      const journal = await rig.fresh()
      await journal.append({ type: 'queued', jobId: 'a', printer, payload: { bytes, segments } })
      await journal.append({ type: 'started', jobId: 'b', printer, segments: 7, title: '桌 5' })
      await journal.append({ type: 'acked', jobId: 'b', printed: 3 })
      const before = await journal.list()
      const again = await reopen?.(journal)
      expect(await again?.list()).toEqual(before)
      expect(await again?.payload('a')).toEqual({ bytes, segments })
    })
  })
}
