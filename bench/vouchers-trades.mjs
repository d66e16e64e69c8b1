/** Trades of a busy shop, the same ones at every run, and stores that hold them. */
import { createRequire } from 'node:module'

const START = Date.parse('2026-01-01T00:00:00Z')
export const TRADES_A_DAY = 3000
const BATCH = 300

/** The trade number `i`: seven of ten by card, the others scanned or in cash, on four terminals. */
export function trade(i) {
  const at = START + Math.floor((i * 86_400_000) / TRADES_A_DAY)
  const terminal = 10_023_456 + (i % 4)
  const common = {
    key: `till-${i}`,
    fen: 100 + ((i * 7919) % 50_000),
    at: new Date(at).toISOString(),
    terminal: String(terminal),
    operator: `0${1 + (i % 7)}`,
    batch: String(1 + Math.floor(i / (4 * BATCH))),
    voucher: String(1 + (Math.floor(i / 4) % BATCH)),
    merchant: { no: '898310058120043', name: '老城面馆人民路店' },
    orderNo: `D${20_260_101 + Math.floor(i / TRADES_A_DAY)}${String(i).padStart(8, '0')}`,
  }
  if (i % 10 < 7) return { ...common, ...card(i) }
  if (i % 10 < 9) return { ...common, ...scan(i) }
  return { ...common, type: 'sale', kind: 'cash', tenderedFen: 100_000 }
}

function card(i) {
  return {
    type: 'sale',
    kind: 'card',
    pan: `622202******${String((i * 31) % 10_000).padStart(4, '0')}`,
    cardClass: i % 3 === 0 ? 'credit' : 'debit',
    entry: 'I',
    auth: String(100_000 + ((i * 17) % 900_000)),
    ref: String(112_300_000_000 + i),
    expiry: '2031/08',
    issuer: '工商银行',
    acquirer: '银联商务',
    scheme: 'CUP',
    emv: { arqc: '8F1D2A3B4C5D6E7F', aid: 'A000000333010101', tvr: '008004E000', tsi: 'E800' },
    cvm: { noSign: true, signLimitFen: 100_000 },
  }
}

function scan(i) {
  return {
    type: 'scan-sale',
    kind: i % 2 === 0 ? 'wechat' : 'alipay',
    qrMode: 'CPM',
    payCode: `1301${String(i).padStart(10, '0')}0000`,
    payVoucher: `4200${String(i).padStart(16, '0')}`,
  }
}

/** A store's file by the driver alone, with the pragmas that the library sets. */
export async function openRaw(path) {
  const database = await openDriver(path)
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'secure_delete = ON',
    'cache_size = -32000',
  ]) {
    database.exec(`pragma ${pragma}`)
  }
  return database
}

async function openDriver(path) {
  try {
    const { DatabaseSync } = await import('node:sqlite')
    return new DatabaseSync(path)
  } catch {
    const Database = createRequire(import.meta.url)('libsql')
    return new Database(path)
  }
}

/** The prepared one-row INSERT of a table, and the rows of another store to feed it with. */
export function rawInsert(database, table, columns) {
  const marks = columns.map(() => '?').join(', ')
  const statement = database.prepare(
    `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) values (${marks})`,
  )
  return (row) => statement.run(...columns.map((name) => bytes(row[name])))
}

function bytes(value) {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
