/**
 * A counter: records a card sale and a cash sale, prints their slips, finds one by its amount, and prints it again. At the end of the day
 * it settles the batch, keeps the seal that is printed on the slip, and compares the store with it.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startVirtualPrinter } from 'xiaopiao/emulator'
import { fileJournal } from 'xiaopiao/journal'
import { openPrinter } from 'xiaopiao/printer'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { createArchive, printVoucher, reprintVoucher, settlementSlip } from 'xiaopiao/vouchers'

const store = join(mkdtempSync(join(tmpdir(), 'shop-')), 'shop.db')
const clock = () => new Date('2026-11-23T04:10:00Z')
const now = clock()
// In a shop this is the printer on the counter: tcp://192.168.1.50.
const virtual = await startVirtualPrinter({ profile: generic58, processIds: true })

const archive = await createArchive(store)
const journal = await fileJournal(`${store}.jobs`)
const printer = openPrinter(virtual.uri, { profile: generic58, journal })
const options = { printer, journal, by: '01', clock }

await archive.changeSettings(
  { merchant: { no: '898110058120001', name: '老城面馆人民路店' }, language: 'zh' },
  { now, by: '店长' },
)
const counter = { terminal: '10023456', operator: '01' }
const card = await archive.add(
  {
    ...counter,
    type: 'sale',
    kind: 'card',
    fen: 128600,
    at: '2026-11-23T12:08:31+08:00',
    batch: '17',
    voucher: '236',
    pan: '622202******0012',
    entry: 'I',
    auth: 'A12345',
    ref: '112308456701',
  },
  { now },
)
const cash = await archive.add(
  {
    ...counter,
    type: 'sale',
    kind: 'cash',
    fen: 5100,
    tenderedFen: 10000,
    at: '2026-11-23T12:02:17+08:00',
    batch: '17',
  },
  { now },
)
for (const { id, voucher } of [card, cash]) {
  const prints = await printVoucher(archive, id, options)
  console.log(voucher, prints.map(({ copy, outcome }) => `${copy} ${outcome}`).join(', '))
}

const { vouchers } = await archive.find({ day: '2026-11-23', amount: '￥1,286.00' })
for (const { id, voucher, panShown } of vouchers) {
  const [again] = await reprintVoucher(archive, id, {
    ...options,
    copies: ['cardholder'],
    why: '客户遗失',
  })
  console.log(`${voucher} ${panShown}: print ${again.nth}, marked ${again.marked}`)
}

const settled = await archive.settle({ terminal: '10023456' }, { now, by: '01' })
await printer.print(settlementSlip(settled, await archive.settings()))
const { ok, notSeen } = await archive.verify({ seal: settled.seal.slice(0, 16) })
console.log(
  `${settled.count} trades settled, ${settled.fen} fen; as sealed: ${ok}; not seen: ${notSeen}`,
)
await printer.close()
await journal.close()
await archive.close()

await virtual.settled()
const pulses = virtual.papers.reduce((sum, paper) => sum + paper.pulses.length, 0)
console.log(`drawer opened ${pulses} time(s)`)
console.log(virtual.text.split('\n').slice(-44).join('\n'))
await virtual.close()
