/**
 * A counter to look at: `npm run counter`, or `npm run counter -- FOLDER` to keep its store. It has a shop, two operators, a few trades and
 * a virtual printer, whose own page can run out of paper in the middle of a slip.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCounter } from 'xiaopiao/counter'
import { startVirtualPrinter } from 'xiaopiao/device'
import { fileJournal } from 'xiaopiao/journal'
import { openPrinter } from 'xiaopiao/printer'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { createArchive, openArchive } from 'xiaopiao/vouchers'

const [kept] = process.argv.slice(2)
const folder = kept ?? mkdtempSync(join(tmpdir(), 'counter-'))
const store = join(folder, 'shop.db')
const terminal = '10023456'
const now = new Date()
/** For this demonstration alone. */
const MANAGER = { no: '01', name: '王店长', role: 'manager', pin: '820416' }
const CASHIER = { no: '02', name: '小李', role: 'cashier', pin: '739105' }

const archive = await createArchive(store).catch((error) =>
  error.code === 'STORE_EXISTS' ? openArchive(store) : Promise.reject(error),
)
if ((await archive.operators.list()).length === 0) await openShop()

const profile = { ...generic58, cuts: ['partial'], answersStatus: true }
// In a shop this is the printer on the counter: tcp://192.168.1.50.
const virtual = await startVirtualPrinter({
  profile,
  processIds: true,
  control: 0,
  speedMmPerSecond: 180,
  keepPieces: 100,
})
const journal = await fileJournal(`${store}.jobs`)
const printer = openPrinter(virtual.uri, { profile, journal })
const counter = await startCounter({
  archive,
  printer,
  journal,
  profile,
  terminal,
  papers: () => virtual.pieces,
  backupFolder: folder,
})

console.log(`counter: ${counter.url}`)
console.log(
  `  manager ${MANAGER.no} with PIN ${MANAGER.pin}, cashier ${CASHIER.no} with PIN ${CASHIER.pin}`,
)
console.log(`its printer, with buttons for faults: ${virtual.controlUrl}`)
console.log(`its store: ${store}${kept === undefined ? ', gone when this ends' : ''}; Ctrl-C ends`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await counter.close()
    await printer.close()
    await virtual.close()
    await journal.close()
    await archive.close()
    if (kept === undefined) rmSync(folder, { recursive: true, force: true })
  })
}

async function openShop() {
  const { operators } = archive
  await operators.add(MANAGER, { now, by: 'demo' })
  const manager = await operators.signIn(MANAGER.no, MANAGER.pin, { now })
  await operators.add({ ...CASHIER, pin: '246813' }, { now, by: manager })
  await operators.changePin(CASHIER.no, { old: '246813', next: CASHIER.pin }, { now })
  const merchant = { no: '898110058120001', name: '老城面馆人民路店' }
  await archive.changeSettings({ merchant, ask: 'ask', language: 'zh' }, { now, by: manager })
  const at = `${new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
  const trade = { type: 'sale', at, terminal, operator: CASHIER.no }
  await archive.addMany(
    [
      { ...trade, kind: 'cash', fen: 5100, tenderedFen: 10_000 },
      {
        ...trade,
        kind: 'card',
        fen: 128_600,
        pan: '622202******0012',
        auth: 'A12345',
        ref: '112308456701',
      },
      { ...trade, type: 'scan-sale', kind: 'wechat', fen: 6800, payVoucher: '4200002711202611' },
    ],
    { now },
  )
}
