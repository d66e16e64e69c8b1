import { expect, onTestFinished, test } from 'vitest'
import { printBytes, startVirtualPrinter } from '../../src/entries/emulator.js'
import { paperToText } from '../../src/entries/paper.js'
import { compile } from '../../src/index.js'
import { fileJournal } from '../../src/journal/index.js'
import { joinBytes } from '../../src/model/join-bytes.js'
import { stackBitmaps } from '../../src/paper/stack-bitmaps.js'
import { openPrinter } from '../../src/printer/index.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import {
  type Archive,
  createArchive,
  makeSlip,
  openArchive,
  printVoucher,
  readySlip,
  SLIP_TEMPLATES,
  slipMaker,
  voidOf,
} from '../../src/vouchers/index.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'
import { slipTrades } from './slip-samples.js'

const { path } = storeFolder()
const create = (name: string) =>
  createArchive(path(name), { slips: slipMaker({ profile: generic58 }) })

/** The bytes that `record` prints by the templates of today. */
async function printedNow(archive: Archive, id: string, name: 'merchant' | 'cardholder') {
  const record = await archive.get(id)
  const settings = await archive.settings(record.terminal)
  const original =
    record.originalId === undefined ? {} : { original: await archive.get(record.originalId) }
  const copy = { name, number: name === 'merchant' ? 1 : 2, of: 2 }
  return compile(makeSlip(record, settings, { copy, ...original }), { profile: generic58 })
}

test('a trade that is not printed keeps its slips with it, byte for byte', async () => {
  await using archive = await create('never')
  await archive.changeSettings({ ask: 'never' }, by)
  const { id, warnings } = await archive.add(sale, { now })
  expect(warnings).toEqual([])
  const kept = await archive.slips(id)
  expect(kept).toMatchObject({ at: now.toISOString(), library: '0.0.0-source' })
  expect(kept?.template).toMatch(/^[0-9a-f]{64}$/)
  expect(kept?.profile).toEqual(JSON.parse(JSON.stringify(generic58)))
  expect(kept?.copies.map(({ name }) => name)).toEqual(['merchant', 'cardholder'])
  for (const { name, bytes } of kept?.copies ?? []) {
    expect(bytes).toEqual((await printedNow(archive, id, name as 'merchant')).bytes)
  }
  const { id: undone } = await archive.add(
    voidOf(await archive.get(id), { at: sale.at, operator: '01', voucher: '237' }),
    { now },
  )
  const [merchant] = (await archive.slips(undone))?.copies ?? []
  expect(merchant?.bytes).toEqual((await printedNow(archive, undone, 'merchant')).bytes)
  expect((await archive.verify()).ok).toBe(true)
})

test('a trade that was to be printed and never was keeps its slips at the settlement', async () => {
  await using archive = await create('settled')
  const add = async (trade: object) => (await archive.add(trade, { now })).id
  const left = await add({ ...sale, voucher: '1' })
  const declined = await add({ ...sale, voucher: '2', ref: 'r2', result: 'declined' })
  const known = await add({ ...sale, voucher: '3', ref: 'r3' })
  await archive.keepSlips(known, slipMaker({ profile: generic80 }), { now })
  const other = await add({ ...sale, batch: '99', ref: 'r4' })
  await archive.settle({ terminal: sale.terminal, batch: sale.batch }, by)
  const kept = await archive.slips(left)
  const [merchant] = kept?.copies ?? []
  expect(merchant?.bytes).toEqual((await printedNow(archive, left, 'merchant')).bytes)
  expect((await archive.slips(known))?.profile.id).toBe('generic-80')
  for (const id of [declined, other]) expect(await archive.slips(id)).toBeUndefined()
  const count = (await archive.records({ after: 0, limit: 1000 })).length
  await archive.settle({ terminal: sale.terminal, batch: sale.batch }, by)
  expect(await archive.records({ after: 0, limit: 1000 })).toHaveLength(count)
  expect((await archive.verify()).ok).toBe(true)
})

test('a printed trade keeps what was printed, and a skipped one what would have been', async () => {
  await using archive = await create('printed')
  const journal = await fileJournal(path('printed.jobs'))
  const virtual = await startVirtualPrinter({ profile: generic80, processIds: true })
  onTestFinished(() => virtual.close())
  await using printer = openPrinter(virtual.uri, { profile: generic80, journal })
  const { id } = await archive.add(cash, { now })
  expect(await archive.slips(id)).toBeUndefined()
  await printVoucher(archive, id, { printer, journal, by: '01', clock: () => now })
  const kept = await archive.slips(id)
  expect(kept?.profile.id).toBe('generic-80')
  await virtual.settled()
  const whole = printBytes(joinBytes(kept?.copies.map(({ bytes }) => bytes) ?? []), generic80)
  expect(stackBitmaps(virtual.papers.map(({ bitmap }) => bitmap))).toEqual(whole.bitmap)

  const { id: skipped } = await archive.add(sale, { now })
  await archive.answer(skipped, 'skip', by)
  expect((await archive.slips(skipped))?.copies).toHaveLength(2)
  const { id: wanted } = await archive.add({ ...sale, voucher: '238', ref: 'r2' }, { now })
  await archive.answer(wanted, 'print', by)
  expect(await archive.slips(wanted)).toBeUndefined()
})

test('a ready-made slip is printed unchanged, and kept without its card number', async () => {
  await using archive = await createArchive(path('ready'))
  const journal = await fileJournal(path('ready.jobs'))
  const virtual = await startVirtualPrinter({ profile: generic80, processIds: true })
  onTestFinished(() => virtual.close())
  await using printer = openPrinter(virtual.uri, { profile: generic80, journal })
  const { id } = await archive.add(sale, { now })
  const ready = readySlip('预授权\n卡号: 6222021234567890128\n参考号: 112308456701')
  await printVoucher(archive, id, { printer, journal, ready, by: '01', clock: () => now })
  await virtual.settled()
  expect(virtual.text).toContain('6222021234567890128')
  const kept = await archive.slips(id)
  const text = paperToText(
    printBytes(joinBytes(kept?.copies.map(({ bytes }) => bytes) ?? []), generic80),
  )
  expect(text).toContain('112308456701')
  expect(text).toMatch(/卡号: 622202\*+0128/)
})

test('settings that a refused list has read are not those of later trades', async () => {
  await using archive = await create('undone')
  await archive.changeSettings({ ask: 'never' }, by)
  const many = Array.from({ length: 300 }, (_, i) => ({
    ...cash,
    voucher: `${i + 1}`,
    ...(i < 256 ? {} : { terminal: '10023499' }),
    ...(i === 299 ? { type: 'void' as const } : {}),
  }))
  await expect(archive.addMany(many, { now })).rejects.toMatchObject({ path: /\[299\]|original/ })
  await archive.changeSettings({ merchant: { no: '898110058120099', name: '新店' } }, by)
  const { id } = await archive.add({ ...cash, terminal: '10023499', voucher: '1' }, { now })
  const [copy] = (await archive.slips(id))?.copies ?? []
  expect(paperToText(printBytes(copy?.bytes ?? new Uint8Array(), generic58))).toContain('新店')
})

test('a template that changes later does not change what is kept', async () => {
  await using archive = await create('template')
  await archive.changeSettings({ ask: 'never' }, by)
  const { id } = await archive.add(cash, { now })
  const before = await archive.slips(id)
  await archive.changeSettings({ language: 'zh', merchant: { no: '1', name: '另一家店' } }, by)
  const card = { title: 'x', nodes: [{ kind: 'text', text: 'changed' }] }
  expect(
    await archive.keepSlips(id, slipMaker({ profile: generic80, templates: { cash: card } }), {
      now,
    }),
  ).toBe(false)
  expect(await archive.slips(id)).toEqual(before)
})

test('templates, profile and characters that are drawn are kept with the store closed and opened', async () => {
  const template = { ...SLIP_TEMPLATES.cash, nodes: [{ kind: 'text', text: '{{ remarks }}𠮷' }] }
  const slips = slipMaker({ profile: generic80, templates: { cash: template } })
  const file = path('own')
  const archive = await createArchive(file, { slips })
  await archive.changeSettings({ ask: 'never' }, by)
  const { id } = await archive.add({ ...cash, remarks: '加辣' }, { now })
  await archive.close()
  await using again = await openArchive(file)
  const kept = await again.slips(id)
  expect(kept?.profile.id).toBe('generic-80')
  expect(
    kept?.copies[0]?.drawnBlocks.flatMap(({ pieces }) => pieces.map(({ text }) => text)),
  ).toContain('𠮷')
})

test('a template that does not fit does not keep a trade from being recorded', async () => {
  const templates = { cash: { nodes: [{ kind: 'txet' }] } }
  const slips = slipMaker({ profile: generic58, templates })
  await using archive = await createArchive(path('unfit'), { slips })
  await archive.changeSettings({ ask: 'never', logo: 'logo.png' }, by)
  const { id, warnings } = await archive.add(cash, { now })
  expect(warnings.map(({ code }) => code)).toEqual(['SLIP_NOT_KEPT'])
  expect((await archive.get(id)).chargedFen).toBe(cash.fen)
  expect(await archive.slips(id)).toBeUndefined()
  // A picture that nobody gave is left away.
  const { id: card, warnings: none } = await archive.add(sale, { now })
  expect(none).toEqual([])
  expect(await archive.slips(card)).toBeDefined()
})

test('trades without a slip keep none, and an unknown one keeps it once it is approved', async () => {
  await using archive = await create('unknown')
  await archive.changeSettings({ ask: 'never' }, by)
  const { id } = await archive.add({ ...sale, result: 'unknown' }, { now })
  const { id: declined } = await archive.add(
    { ...sale, result: 'declined', voucher: '300', ref: 'r3' },
    { now },
  )
  expect(await archive.slips(id)).toBeUndefined()
  await archive.resolve(id, 'approved', by)
  expect(await archive.slips(id)).toBeDefined()
  expect(await archive.slips(declined)).toBeUndefined()
  await expect(
    archive.keepSlips(declined, slipMaker({ profile: generic58 }), { now }),
  ).rejects.toMatchObject({
    code: 'NO_SLIP',
  })
  expect(() => slipMaker({ profil: generic58 } as never)).toThrow(
    /did you mean profile|has no option/,
  )
})

test('the kept slips of a day of trades take little room', async () => {
  await using archive = await create('room')
  await archive.changeSettings({ ask: 'never' }, by)
  const addable = Object.values(slipTrades).filter(({ original }) => original === undefined)
  let bytes = 0
  let packed = 0
  for (const [i, trade] of addable.entries()) {
    const { voucher: _, ref: __, ...rest } = trade
    const { id } = await archive.add({ ...rest, ref: `r${i}` }, { now })
    const kept = await archive.slips(id)
    bytes += kept?.copies.reduce((all, copy) => all + copy.bytes.length, 0) ?? 0
    const records = await archive.records({ after: 0, limit: 5000 })
    packed += records.find(({ kind, voucherId }) => kind === 'slip' && voucherId === id)?.body
      ?.length as number
  }
  const count = addable.length
  expect(count).toBeGreaterThan(8)
  expect(packed / count).toBeLessThan(bytes / count / 3)
})
