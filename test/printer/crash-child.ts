/** A process that prints what a journal holds, until nothing waits. It is killed by its test. */

import { fileJournal } from '../../src/journal/file.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { openQueue } from '../../src/printer/print-queue.js'

const [path = ''] = process.argv.slice(2)
const journal = await fileJournal(path)
const open = (uri: string) =>
  openPrinter(uri, { journal, profile: { answersStatus: true }, answerTimeoutMs: 3000 })
await using queue = openQueue({ journal, open, retryMs: 50 })
await queue.idle()
