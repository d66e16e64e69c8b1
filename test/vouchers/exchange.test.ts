/** Vouchers out of a store and into another one: what is exported comes back, and what cannot be imported is named. */

import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { mapped } from '../../src/vouchers/exchange/mapping.js'
import {
  type Archive,
  type ExportOptions,
  exportVouchers,
  type ImportOptions,
  importVouchers,
  type RefusedRow,
  refundOf,
  type VoucherRecord,
  voidOf,
} from '../../src/vouchers/index.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'
import { SPELLINGS, testPans } from './pans.js'
import { pansIn } from './pans-in.js'
import { slipTrades } from './slip-samples.js'

const { create } = storeFolder()

async function exported(
  archive: Archive,
  as: ExportOptions['as'],
  more: Partial<ExportOptions> = {},
): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of exportVouchers(archive, { as, ...by, ...more })) parts.push(part)
  return Buffer.concat(parts)
}

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function imported(archive: Archive, text: string | Uint8Array, mapping?: unknown) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const refused: RefusedRow[] = []
  const options: ImportOptions = { ...by, onRefused: (row) => void refused.push(row) }
  const given = mapping === undefined ? options : { ...options, mapping }
  return { result: await importVouchers(archive, inPieces(bytes), given), refused }
}

async function all(archive: Archive): Promise<readonly VoucherRecord[]> {
  return (await archive.list({ limit: 1000 })).vouchers
}

/** What an import cannot know: when it was recorded, and by which papers. */
function lasting({ recordedAt: _, prints: __, warnings: ___, late: ____, ...rest }: VoucherRecord) {
  return rest
}

const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  "'=1+1",
  "''x",
  "'",
  '\t=1',
  'a"b',
  'a,b',
  '=HYPERLINK("x")',
]

async function fullStore(name: string): Promise<Archive> {
  const archive = await create(name)
  await archive.changeSettings(
    { fees: { rates: [{ kind: 'card', ppm: 6000 }] }, refundWithinBatch: true },
    by,
  )
  await archive.addMany(
    Object.values(slipTrades).filter(({ original }) => original === undefined),
    { now },
  )
  const sold = await archive.add({ ...sale, voucher: '901', ref: 'x901', tipFen: 500 }, { now })
  const record = await archive.get(sold.id)
  await archive.add(
    refundOf(record, { at: '2026-11-23T13:00:00+08:00', operator: '02', fen: 1000, reason: '退' }),
    { now },
  )
  const other = await archive.add({ ...sale, voucher: '902', ref: '01234567890123456789' }, { now })
  await archive.add(
    voidOf(await archive.get(other.id), { at: '2026-11-23T13:01:00+08:00', operator: '02' }),
    { now },
  )
  for (const remarks of HOSTILE) await archive.add({ ...cash, remarks }, { now })
  const open = await archive.add(
    { ...sale, voucher: '903', ref: 'x903', result: 'unknown' },
    { now },
  )
  await archive.resolve(open.id, 'approved', by)
  return archive
}

describe('an export comes back', () => {
  test('the same records, with their ids, in an empty store, and nothing twice', async () => {
    await using from = await fullStore('from')
    await using to = await create('to')
    await to.changeSettings({ fees: { rates: [{ kind: 'card', ppm: 6000 }] } }, by)
    const csv = await exported(from, 'csv')
    const { result, refused } = await imported(to, csv)
    const records = await all(from)
    expect(refused).toEqual([])
    expect(result).toMatchObject({ rows: records.length, added: records.length, refused: 0 })
    expect((await all(to)).map(lasting)).toEqual(records.map(lasting))
    expect(await exported(to, 'csv')).not.toHaveLength(0)
    expect((await to.verify()).ok).toBe(true)

    const again = await imported(to, csv)
    expect(again.result).toMatchObject({ added: 0, repeated: records.length, refused: 0 })
    const changed = csv.toString('utf8').replace(',100,', ',1,').replace('x901', 'x909')
    const { refused: differing } = await imported(to, changed)
    expect(differing.map(({ code }) => code)).toEqual(['KEY_CONFLICT'])
  })

  test('a follower above its original waits for it', async () => {
    await using from = await fullStore('order')
    await using to = await create('order-to')
    const [head = '', ...lines] = (await exported(from, 'csv'))
      .toString('utf8')
      .trimEnd()
      .split('\r\n')
    const { result, refused } = await imported(to, [head, ...lines.reverse()].join('\r\n'))
    expect(refused).toEqual([])
    expect(result.added).toBe(lines.length)
    const states = (records: readonly VoucherRecord[]) =>
      records.map(({ id, state }) => [id, state])
    expect(states(await all(to))).toEqual(states(await all(from)))
  })
})

test('each row is added, repeated or refused, also behind one that fails an earlier check', async () => {
  await using archive = await create('phases')
  const time = '2026-11-23T12:08:31+08:00'
  const csv = [
    'id,type,kind,fen,at,terminal,operator,batch,voucher,ref,original.ref',
    `,refund,card,100,${time},1,01,1,1,r1,r3`,
    `,sale,cash,5,${time},1,01,1,2,,`,
    `,sale,card,100,${time},1,01,1,3,r3,`,
    `no-id,sale,cash,5,${time},1,01,1,4,,`,
    `,sale,cash,5,${time},1,01,1,5,,`,
  ].join('\n')
  const { result, refused } = await imported(archive, csv)
  expect(refused).toMatchObject([{ line: 5, code: 'TRADE_INVALID', path: 'id' }])
  expect(result).toEqual({ rows: 5, added: 4, repeated: 0, refused: 1 })
  expect(await all(archive)).toHaveLength(4)
  const again = await imported(archive, csv)
  expect(again.result).toEqual({ rows: 5, added: 0, repeated: 4, refused: 1 })
})

test('a trade that is refused behind one that is here already is told by its own place', async () => {
  await using archive = await create('places')
  const known = { id: '01940000-0000-7000-8000-000000000001', trade: sale }
  await archive.addPast([known], by)
  const lost = {
    type: 'refund',
    kind: 'card',
    fen: 100,
    at: sale.at,
    terminal: '1',
    operator: '01',
  }
  const refused = {
    id: '01940000-0000-7000-8000-000000000002',
    trade: { ...lost, original: { ref: 'x1' } },
  }
  await expect(archive.addPast([known, refused], by)).rejects.toMatchObject({
    code: 'ORIGINAL_UNKNOWN',
    path: expect.stringMatching(/^\[1\]/),
  })
})

test('a row that a second import could not know again is refused', async () => {
  await using archive = await create('unnamed')
  const mapping = {
    fields: Object.fromEntries(
      ['key', 'batch', 'voucher', 'type', 'kind', 'fen', 'at', 'terminal', 'operator'].map(
        (name) => [name, { column: name }],
      ),
    ),
  }
  const rest = `sale,cash,5,${cash.at},1,01`
  const csv = [
    'key,batch,voucher,type,kind,fen,at,terminal,operator',
    `,,,${rest}`,
    `,1,,${rest}`,
    `,,1,${rest}`,
    `k,,,${rest}`,
    `,1,9,${rest}`,
  ].join('\n')
  for (const [added, repeated] of [
    [2, 0],
    [0, 2],
  ]) {
    const { result, refused } = await imported(archive, csv, mapping)
    expect(result).toEqual({ rows: 5, added, repeated, refused: 3 })
    expect(refused.map(({ line }) => line)).toEqual([2, 3, 4])
    expect(refused[0]).toMatchObject({ code: 'CELL_INVALID', path: 'key' })
    expect(refused[0]?.hint).not.toBe('')
  }
})

describe('amounts in yuan', () => {
  const amount = (cell: string) => mapped('fen', { column: 'a', unit: 'yuan' }, () => cell)

  test.each([
    ['1,286.00', '128600'],
    ['1，286.00', '128600'],
    ['-1,234,567.8', '-123456780'],
    ['1286', '128600'],
    ['￥ 7.00', '700'],
    ['-¥7.00', '-700'],
    ['RMB -7', '-700'],
    ['7.00 元', '700'],
    ['１２.５', '1250'],
  ])('%s is %s fen', (cell, fen) => {
    expect(amount(cell)).toBe(fen)
  })

  test.each([
    '12,50',
    '12，50',
    '1,2860',
    '1286,000',
    ',286',
    '1,286,',
    '1.286,00',
    '1 286',
    '5元5',
  ])('%s is refused', (cell) => {
    expect(() => amount(cell)).toThrow(expect.objectContaining({ code: 'CELL_INVALID' }))
  })
})

describe('files', () => {
  test('CSV is lossless, and no text in it begins like a formula', async () => {
    await using archive = await fullStore('csv')
    const csv = (await exported(archive, 'csv')).toString('utf8')
    const rows = parse(csv, { columns: true }) as Record<string, string>[]
    const records = await all(archive)
    expect(rows).toHaveLength(records.length)
    for (const [i, row] of rows.entries()) {
      const { id, voucher, ref = '', chargedFen } = records[i] as VoucherRecord
      expect([row.id, row.voucher, row.ref, row.chargedFen]).toEqual([
        id,
        voucher,
        ref,
        String(chargedFen),
      ])
      for (const [name, cell] of Object.entries(row)) {
        if (!name.endsWith('Fen') && name !== 'fen') expect(cell, name).not.toMatch(/^[=+\-@\t\r]/)
      }
    }
    expect(rows.map(({ remarks }) => remarks)).toEqual(
      expect.arrayContaining(["'=1+1", "''=1+1", "''x"]),
    )
    // Fees that come back are negative numbers, and stay so.
    expect(rows.some(({ feeFen }) => /^-\d+$/.test(feeFen ?? ''))).toBe(true)
  })

  test('XLSX has numbers as text, amounts as numbers, and as many sheets as rows need', async () => {
    await using archive = await fullStore('xlsx')
    const parts = unzipSync(await exported(archive, 'xlsx', { rowsOfSheet: 11 }))
    const count = (await all(archive)).length
    const sheets = Object.keys(parts).filter((name) => name.includes('worksheets'))
    expect(sheets).toHaveLength(Math.ceil(count / 10))
    const texts = sheets.map((name) => new TextDecoder().decode(parts[name]))
    for (const text of texts) expect(text.match(/<row /g)?.length).toBeLessThanOrEqual(11)
    const whole = texts.join('')
    expect(whole).toContain('<t xml:space="preserve">01234567890123456789</t>')
    expect(whole).toContain('<t xml:space="preserve">000901</t>')
    expect(whole).toContain('<v>-10.00</v>')
    expect(whole).toContain('<t xml:space="preserve">=1+1</t>')
    expect(whole).not.toContain('<f>')
    expect(whole.match(/<row /g)).toHaveLength(count + sheets.length)
  })

  test('JSON lines are the records, and a range is a range', async () => {
    await using archive = await fullStore('jsonl')
    const lines = (await exported(archive, 'jsonl')).toString('utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      JSON.parse(JSON.stringify(await all(archive))),
    )
    const none = await exported(archive, 'jsonl', { from: '2026-12-01' })
    expect(none).toHaveLength(0)
    const empty = unzipSync(await exported(archive, 'xlsx', { from: '2026-12-01' }))
    expect(new TextDecoder().decode(empty['xl/worksheets/sheet1.xml'])).toContain('凭证号')
    await expect(exported(archive, 'csv', { from: '2026-13-01' })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
    })
    await expect(exported(archive, 'ods' as never)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
  })

  test('pages do not lose or repeat a voucher of the same second', async () => {
    await using archive = await create('pages')
    await archive.addMany(
      Array.from({ length: 1203 }, () => cash),
      { now },
    )
    const rows = parse(await exported(archive, 'csv'), { columns: true }) as { id: string }[]
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1203)
    expect(rows).toHaveLength(1203)
  })

  test('no card number of 1,000 trades is in any of them', async () => {
    await using archive = await create('pans')
    const pans = testPans(1000)
    const spellings = Object.values(SPELLINGS)
    await archive.addMany(
      pans.map((pan, i) => {
        const spell = spellings[i % spellings.length] as (typeof spellings)[number]
        const isDateLed = /^(?:2\d[01]\d[0-3]\d|30[01]\d20\d\d)/.test(pan)
        const remarks = isDateLed ? {} : { remarks: `卡号 ${spell(pan)} 已核对` }
        return { ...sale, voucher: String(i + 1), ref: `r${i}`, pan: spell(pan), ...remarks }
      }),
      { now },
    )
    const wanted = new Set(pans)
    for (const as of ['csv', 'xlsx', 'jsonl'] as const) {
      const bytes = await exported(archive, as)
      const inside =
        as === 'xlsx' ? Object.values(unzipSync(bytes)).map((part) => Buffer.from(part)) : []
      for (const text of [bytes, ...inside]) expect(pansIn(text, wanted), as).toEqual([])
    }
  })
})

describe('the file of another program', () => {
  let stores = 0
  const mapping = {
    encoding: 'gbk',
    skipLines: 1,
    fields: {
      key: { column: '流水号' },
      at: { column: '交易时间', format: 'YYYY/MM/DD HH:mm:ss', zone: '+08:00' },
      fen: { column: '金额(元)', unit: 'yuan' },
      type: { column: '类型', values: { 消费: 'sale', 退货: 'refund' } },
      kind: { column: '支付', values: { 现金: 'cash', 银行卡: 'card' } },
      pan: { column: '卡号' },
      terminal: { value: '10023456' },
      operator: { column: '收银员', default: '01' },
      remarks: { column: '备注' },
      ref: { column: '参考号' },
      'original.ref': { column: '原参考号' },
    },
  }
  const head = '流水号,交易时间,金额(元),类型,支付,卡号,收银员,备注,参考号,原参考号'
  /** GBK of ASCII and of the characters that these files have, from the decoder's own table. */
  const gbk = (text: string): Uint8Array => {
    const table = new Map<string, number>()
    const decoder = new TextDecoder('gbk')
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        table.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail)
      }
    }
    const bytes = [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      const two = table.get(character) ?? 0
      return code < 128 ? [code] : [two >> 8, two & 255]
    })
    return Uint8Array.from(bytes)
  }

  test('its columns become trades, and each row that does not is named with its reason', async () => {
    await using archive = await create('other')
    const lines = [
      '导出报表',
      head,
      'A1,2026/11/23 9:05:07,"1,286.00",消费,银行卡,6222020000000012,,"=""x""",="000123456789",',
      'A2,2026/11/23 12:00:00,-86.5,退货,银行卡,622202******0012,02,,R2,000123456789',
      'A3,2026/11/23 12:01:00,12.345,消费,现金,,01,,,',
      'A4,2026/11/23 12:02:00,-5,消费,现金,,01,,,',
      'A5,yesterday,5,消费,现金,,01,,,',
      'A6,2026/11/23 12:03:00,5,打折,现金,,01,,,',
      'A7,2026/11/23 12:04:00,5,退货,现金,,01,,R7,nowhere',
      'A8,2026/11/23 12:05:00,5,消费,现金,,01,卡 6222020000000012,,',
      'A9,2026/02/30 12:05:00,5,消费,现金,,01,,,',
      'A10,2026/11/23 12:05:00,5,消费',
      'A11\t,2026/11/23 12:06:00,￥7.00,消费,现金,,01,"两\n行",,',
    ]
    const { result, refused } = await imported(archive, gbk(lines.join('\r\n')), mapping)
    expect(refused.map(({ line, code, path }) => `${line} ${code} ${path}`)).toEqual([
      '5 CELL_INVALID fen',
      '6 CELL_INVALID fen',
      '7 CELL_INVALID at',
      '8 CELL_INVALID type',
      '11 TRADE_INVALID at',
      '12 CELL_INVALID ',
      '9 ORIGINAL_UNKNOWN original',
    ])
    expect(result).toEqual({ rows: 11, added: 4, repeated: 0, refused: 7 })
    expect(JSON.stringify(refused)).not.toMatch(/6222|yesterday|打折/)
    const records = await all(archive)
    expect(records.map(({ key, chargedFen, state }) => [key, chargedFen, state])).toEqual([
      ['A1', 128_600, 'part-refunded'],
      ['A2', 8650, 'effective'],
      ['A8', 500, 'effective'],
      ['A11', 700, 'effective'],
    ])
    expect(records[0]).toMatchObject({
      at: '2026-11-23T09:05:07+08:00',
      operator: '01',
      ref: '000123456789',
    })
    const again = await imported(archive, gbk(lines.join('\r\n')), mapping)
    expect(again.result).toMatchObject({ added: 0, repeated: 4, refused: 7 })
  })

  test('of hundreds of rows each that cannot be recorded is named, and the others are there', async () => {
    await using archive = await create('hundreds')
    const rows = Array.from({ length: 600 }, (_, i) =>
      i % 40 === 7
        ? `refund,cash,5,${cash.at},1,01,key-${i},none`
        : `sale,cash,${1 + i},${cash.at},1,01,key-${i},`,
    )
    const head = 'type,kind,fen,at,terminal,operator,key,original.ref'
    const { result, refused } = await imported(archive, [head, ...rows].join('\n'))
    expect(result).toEqual({ rows: 600, added: 585, repeated: 0, refused: 15 })
    expect(refused.map(({ line, code }) => `${line} ${code}`)).toEqual(
      Array.from({ length: 15 }, (_, i) => `${i * 40 + 9} ORIGINAL_UNKNOWN`),
    )
    expect((await all(archive)).map(({ key }) => key).sort()).toEqual(
      rows.flatMap((_, i) => (i % 40 === 7 ? [] : [`key-${i}`])).sort(),
    )
  })

  test.each([
    [{ fields: { fen: { column: 'a' } } }, 'MAPPING_INVALID', 'fields.key'],
    [{ fields: { key: { column: 'a' }, fne: { column: 'b' } } }, 'MAPPING_INVALID', 'fields.fne'],
    [{ fields: { key: {} } }, 'MAPPING_INVALID', 'fields.key'],
    [{ fields: { key: { column: 'a', value: 'b' } } }, 'MAPPING_INVALID', 'fields.key'],
    [
      { fields: { key: { column: 'a' }, at: { column: 'b', format: 'YY' } } },
      'MAPPING_INVALID',
      'fields.at.format',
    ],
    [{ encoding: 'latin1', fields: {} }, 'MAPPING_INVALID', 'encoding'],
    ['nonsense', 'MAPPING_INVALID', 'mapping'],
    [{ fields: { key: { column: '不在' } } }, 'COLUMN_MISSING', 'fields'],
    [{ fields: { key: { column: 'a' }, fen: { column: ['c', 'd'] } } }, 'COLUMN_TWICE', 'fields'],
  ])('a mapping that is wrong is refused: %j', async (wrong, code, path) => {
    await using archive = await create(`wrong-${stores++}`)
    await expect(imported(archive, 'a,b,d,d\n1,2,3,4\n', wrong)).rejects.toMatchObject({
      code,
      path,
    })
  })

  test('a file that is no CSV, or in another encoding, is refused by its line', async () => {
    await using archive = await create('broken')
    const own = { fields: { key: { column: 'a' } } }
    await expect(imported(archive, 'a,b\n1,"2\n3,4\n', own)).rejects.toMatchObject({
      code: 'CSV_INVALID',
      path: 'line 3',
    })
    await expect(imported(archive, gbk('a,备注\n1,备注\n'), own)).rejects.toMatchObject({
      code: 'CSV_INVALID',
      path: 'encoding',
    })
    await expect(imported(archive, '', own)).rejects.toMatchObject({ code: 'CSV_INVALID' })
  })
})

test('once a store has operators, only a manager exports and imports', async () => {
  await using archive = await create('roles')
  const pin = '739164'
  await archive.operators.add({ no: '01', name: '王', role: 'manager', pin }, by)
  await expect(exported(archive, 'csv')).rejects.toMatchObject({ code: 'OPERATOR_NEEDED' })
  const manager = await archive.operators.signIn('01', pin, { now })
  const csv = await exported(archive, 'csv', { by: manager })
  await expect(imported(archive, csv)).resolves.toMatchObject({ result: { rows: 0 } })
  const row = `type,kind,fen,at,terminal,operator,batch,voucher\nsale,cash,5,${cash.at},1,01,1,1\n`
  await expect(imported(archive, row)).rejects.toMatchObject({ code: 'OPERATOR_NEEDED' })
  expect((await archive.operators.log()).some(({ act }) => act === 'export')).toBe(true)
})
