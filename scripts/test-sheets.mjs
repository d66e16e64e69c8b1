/**
 * Opens exports of vouchers in LibreOffice, a program that did not write them, and checks what it shows: `npm run test:sheets`. It needs
 * `soffice` with Calc, and the built package.
 */

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import { createArchive, exportVouchers, refundOf } from '../dist/vouchers.js'

const REFERENCE = '01234567890123456789'
const HOSTILE = ['=1+1', '+1+1', '-1-1', '@SUM(1,1)', '=HYPERLINK("http://x","y")', "'=1+1"]
const by = { now: new Date('2026-11-23T04:10:00Z'), by: '01' }
const sale = {
  type: 'sale',
  kind: 'card',
  fen: 128_600,
  at: '2026-11-23T12:08:31+08:00',
  terminal: '10023456',
  operator: '01',
  batch: '17',
  voucher: '236',
  pan: '622202******0012',
  ref: REFERENCE,
}

const folder = mkdtempSync(join(tmpdir(), 'sheets-'))
const archive = await createArchive(join(folder, 'shop.db'))
try {
  await fill()
  await write('vouchers.xlsx', { as: 'xlsx' })
  await write('vouchers.csv', { as: 'csv' })
  await write('split.xlsx', { as: 'xlsx', rowsOfSheet: 3 })
  checkWorkbook(opened('vouchers.xlsx'))
  checkText(opened('vouchers.csv'))
  checkSheets(opened('split.xlsx'))
  process.stdout.write(
    'LibreOffice shows numbers as they are, amounts as numbers, and runs no formula\n',
  )
} finally {
  await archive.close()
  rmSync(folder, { recursive: true, force: true })
}

async function write(name, options) {
  const parts = Readable.from(exportVouchers(archive, { ...options, ...by }))
  await pipeline(parts, createWriteStream(join(folder, name)))
}

async function fill() {
  await archive.changeSettings({ refundWithinBatch: true }, by)
  const { id } = await archive.add(sale, { now: by.now })
  const record = await archive.get(id)
  const refund = refundOf(record, { at: '2026-11-23T13:00:00+08:00', operator: '01', fen: 8650 })
  await archive.add(refund, { now: by.now })
  const { pan: _, ref: __, voucher: ___, ...cash } = { ...sale, kind: 'cash' }
  for (const remarks of HOSTILE) await archive.add({ ...cash, remarks }, { now: by.now })
}

/** Returns the file as LibreOffice reads it, in flat XML, in which each cell has its type, its value and its formula. */
function opened(name) {
  const out = join(folder, `of-${name}`)
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  // The options of the filter are comma, quotation mark and UTF-8. Without them LibreOffice would ask.
  const filter = name.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1'] : []
  const convert = ['--headless', ...filter, '--convert-to', 'fods', '--outdir', out]
  const options = { stdio: 'pipe', timeout: 180_000 }
  execFileSync('soffice', [profile, ...convert, join(folder, name)], options)
  return readFileSync(join(out, name.replace(/[^.]+$/, 'fods')), 'utf8')
}

function checkWorkbook(xml) {
  assert.ok(!xml.includes('table:formula'), 'the workbook has a formula')
  for (const text of [REFERENCE, '000236', '000017', ...HOSTILE]) {
    assert.ok(cell(xml, 'string', text), `the workbook lacks the text ${text}`)
  }
  assert.match(xml, /office:value-type="float"[^>]*office:value="1286"/)
  assert.match(xml, /office:value-type="float"[^>]*office:value="-86\.5"/)
}

/** Checks that the CSV has no formula and that amounts are numbers. Other types are not checked, because a spreadsheet program guesses them. */
function checkText(xml) {
  assert.ok(!xml.includes('table:formula'), 'the CSV has a formula')
  for (const text of HOSTILE)
    assert.ok(cell(xml, 'string', `'${text}`), `the CSV lacks the text '${text}`)
  assert.match(xml, /office:value-type="float"[^>]*office:value="128600"/)
}

function cell(xml, type, text) {
  const shown = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
  const either = [text, shown, text.replaceAll('"', '&quot;')]
  return either.some((one) => {
    const at = xml.indexOf(`<text:p>${one}</text:p>`)
    return (
      at >= 0 &&
      xml.slice(xml.lastIndexOf('<table:table-cell', at), at).includes(`value-type="${type}"`)
    )
  })
}

function checkSheets(xml) {
  const count = parse(readFileSync(join(folder, 'vouchers.csv')), { columns: true }).length
  assert.equal(xml.match(/<table:table /g).length, Math.ceil(count / 2))
}
