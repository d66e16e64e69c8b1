/**
 * A program that prints vouchers one after the other: `print-child.mjs STORE URI MS ID…` kills itself MS after it has begun, or never if
 * MS is `-`. It says which voucher it begins.
 */
import { fileJournal } from 'xiaopiao/journal'
import { openPrinter } from 'xiaopiao/printer'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { openArchive, printVoucher } from 'xiaopiao/vouchers'

const [store, uri, delay, ...ids] = process.argv.slice(2)
const archive = await openArchive(store)
const journal = await fileJournal(`${store}.jobs`)
const profile = { ...generic58, answersStatus: true }
const printer = openPrinter(uri, { profile, journal, answerTimeoutMs: 3000 })
if (delay !== '-') setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(delay))
const options = { printer, journal, by: '01', clock: () => new Date(), copies: ['merchant'] }
for (const id of ids) {
  process.stdout.write(`${id}\n`)
  await printVoucher(archive, id, options).catch((error) => {
    // A busy machine confirms late, and then the print is uncertain and recorded as such.
    if (error.code !== 'PRINTED_ALREADY' && error.code !== 'PRINT_UNCERTAIN') throw error
  })
}
await printer.close()
await journal.close()
await archive.close()
