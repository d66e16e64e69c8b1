/**
 * A process that prints what a journal holds, until nothing waits.
 * `child JOURNAL [EVENTS MS]` kills itself MS after the write of so many events has begun, wherever it is then: counting events instead of
 * milliseconds from the start makes the test the same on a fast machine and a busy one.
 */

import { fileJournal } from '../../src/journal/file.js'
import type { Journal } from '../../src/journal/types.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { openQueue } from '../../src/printer/print-queue.js'

const [path = '', events = '', delayMs = '0'] = process.argv.slice(2)
const kept = await fileJournal(path)
let left = events === '' ? Number.POSITIVE_INFINITY : Number(events)
const append: Journal['append'] = (event) => {
  if (--left === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(delayMs))
  return kept.append(event)
}
const journal: Journal = {
  append,
  get: (jobId) => kept.get(jobId),
  list: (filter) => kept.list(filter),
  payload: (jobId) => kept.payload(jobId),
  close: () => kept.close(),
}
const open = (uri: string) =>
  openPrinter(uri, { journal, profile: { answersStatus: true }, answerTimeoutMs: 3000 })
await using queue = openQueue({ journal, open, retryMs: 50 })
await queue.idle()
