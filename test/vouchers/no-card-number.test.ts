import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  paperToPng,
  paperToText,
  printBytes,
  startVirtualPrinter,
} from '../../src/entries/emulator.js'
import { compile } from '../../src/index.js'
import { fileJournal } from '../../src/journal/index.js'
import { openPrinter } from '../../src/printer/index.js'
import { generic58 } from '../../src/profiles/index.js'
import { makeSlip, printVoucher } from '../../src/vouchers/index.js'
import { decompressed } from './backup-samples.js'
import { cash, now, sale, storeFolder } from './helpers.js'
import { SPELLINGS, testPans, tradesOfPans } from './pans.js'
import { pansIn } from './pans-in.js'

const { path, create } = storeFolder()
const pans = testPans(1000)
const spellings = Object.values(SPELLINGS)
const hexOf = (pan: string) => Buffer.from(pan).toString('hex')

test('no file of a store and no backup holds a card number of 1,000 trades, in any spelling', async () => {
  await using archive = await create('pans')
  const trades = pans.flatMap((pan, i) => {
    const spell = spellings[i % spellings.length] as (typeof spellings)[number]
    const { voucher: _, ref: __, ...rest } = sale
    // Numbers that begin like a date may be kept in free text, and are given as pan alone.
    const isDateLed = /^(?:2\d[01]\d[0-3]\d|30[01]\d20\d\d)/.test(pan)
    return [
      { ...rest, pan: spell(pan) },
      ...(isDateLed ? [] : [{ ...cash, remarks: `卡号 ${spell(pan)} 已核对` }]),
    ]
  })
  await archive.addMany(trades, { now })
  const [{ id } = { id: '' }] = (await archive.find({ limit: 1 })).vouchers
  const [pan = ''] = pans
  await archive.answer(id, 'skip', { now, by: `Wang ${pan}` })
  await archive.recordPrint(
    id,
    {
      copy: 'merchant',
      outcome: 'uncertain',
      by: pan,
      why: `卡 ${pan}`,
      marked: false,
      nth: 1,
      jobId: '1',
    },
    { now },
  )
  const folder = dirname(path('pans'))
  await archive.backup(join(folder, `${pan}.xpb`), { now, by: `Wang ${pan}` })
  expect(JSON.stringify(await archive.lastBackup())).not.toContain(pan)
  renameSync(join(folder, `${pan}.xpb`), join(folder, 'backup'))
  writeFileSync(join(folder, 'unpacked'), decompressed(join(folder, 'backup')))
  const plain = new Set(pans)
  const hex = new Set(pans.map(hexOf))
  let bytesRead = 0
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name))
    bytesRead += bytes.length
    expect(pansIn(bytes, plain), name).toEqual([])
    const runs = bytes.toString('latin1').match(/(?:3\d){13,}/g) ?? []
    expect(
      runs.filter((run) => hex.has(run)),
      name,
    ).toEqual([])
  }
  expect(bytesRead).toBeGreaterThan(1_000_000)
  // The search itself finds what it looks for.
  expect(pansIn(Buffer.from(`x ${SPELLINGS.spaces?.(pan)} y`), plain)).toEqual([pan])
})

test('no paper, picture or log of 1,000 trades holds a card number', async () => {
  await using archive = await create('papers')
  const added = await archive.addMany(tradesOfPans(pans), { now })
  const plain = new Set(pans)
  const clean = (bytes: Uint8Array | string, what: string) =>
    expect(pansIn(Buffer.from(bytes), plain), what).toEqual([])
  const settings = await archive.settings()
  const { vouchers } = await archive.find({ limit: 1000 })
  expect(vouchers).toHaveLength(1000)
  for (const [i, record] of vouchers.entries()) {
    const copy = { name: i % 2 === 0 ? 'merchant' : 'cardholder', number: 1, of: 1 } as const
    const { bytes } = compile(makeSlip(record, settings, { copy }), { profile: generic58 })
    const paper = printBytes(bytes, generic58)
    const text = paperToText(paper)
    expect(text).toContain(record.panShown)
    clean(text, record.voucher)
    // A picture has no text of its own; what it holds beside its dots is searched all the same.
    if (i % 50 === 0) clean(paperToPng(paper), record.voucher)
  }

  const log = path('papers.jobs')
  const journal = await fileJournal(log)
  const virtual = await startVirtualPrinter({ profile: generic58, processIds: true })
  onTestFinished(() => virtual.close())
  const printer = openPrinter(virtual.uri, { profile: generic58, journal })
  for (const { id } of added.slice(0, 10)) {
    await printVoucher(archive, id, { printer, journal, by: '01', clock: () => now })
  }
  await printer.close()
  const written = readFileSync(log)
  expect(written.length).toBeGreaterThan(1000)
  clean(written, 'the log of print jobs')
})

test('no error of a fuzzed add quotes a card number', async () => {
  await using archive = await create('fuzz')
  const shapes: readonly ((pan: string, spelled: string) => unknown)[] = [
    (pan) => ({ ...sale, pan: Number(pan) }),
    (_, spelled) => ({ ...sale, pan: `${spelled}9999999999` }),
    (_, spelled) => ({ ...sale, pan: [spelled] }),
    (_, spelled) => ({ ...sale, pan: { number: spelled } }),
    (_, spelled) => ({ ...sale, [spelled]: 1 }),
    (_, spelled) => ({ ...sale, [`card${spelled}`]: 1 }),
    (_, spelled) => ({ ...sale, merchant: { no: '1', name: 'x', [spelled]: spelled } }),
    (_, spelled) => ({ ...sale, type: spelled }),
    (_, spelled) => ({ ...sale, kind: spelled }),
    (pan) => ({ ...sale, fen: Number(pan) }),
    (_, spelled) => ({ ...sale, fen: spelled }),
    (_, spelled) => ({ ...sale, at: spelled }),
    (_, spelled) => ({ ...sale, batch: spelled }),
    (_, spelled) => ({ ...sale, voucher: spelled }),
    (_, spelled) => ({ ...sale, auth: spelled }),
    (_, spelled) => ({ ...sale, expiry: spelled }),
    (_, spelled) => ({ ...sale, payCode: ` ${spelled}` }),
    (_, spelled) => ({ ...sale, terminal: `*${spelled}` }),
    (_, spelled) => ({ ...sale, key: `k ${spelled}` }),
    (_, spelled) => ({ ...sale, emv: { aid: `${spelled}x` } }),
    (_, spelled) => ({ ...sale, cvm: { noSign: spelled } }),
    (_, spelled) => ({ ...sale, original: { id: spelled } }),
    (_, spelled) => ({ ...sale, type: 'void', original: { id: spelled } }),
    (_, spelled) => ({ ...sale, remarks: spelled.repeat(20) }),
    (_, spelled) => ({ ...sale, remarks: `${spelled}=30122010000` }),
    (_, spelled) => ({ ...sale, track2: spelled }),
    (_, spelled) => [spelled],
    (_, spelled) => spelled,
    (_, spelled) => ({ a: { b: { c: { d: { e: { f: { [spelled]: spelled } } } } } } }),
  ]
  let refused = 0
  for (const [i, pan] of pans.entries()) {
    const spelled = (spellings[i % spellings.length] as (typeof spellings)[number])(pan)
    const shape = shapes[i % shapes.length] as (typeof shapes)[number]
    const error = await archive.add(shape(pan, spelled), { now }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (error === undefined) continue
    refused++
    expect(error).toMatchObject({ name: 'VoucherError' })
    const { message, path: at, hint, stack, cause } = error as Record<string, unknown>
    const words = JSON.stringify([error, message, at, hint, stack, String(cause)])
    expect(words).not.toContain(pan)
    expect(words).not.toContain(spelled)
  }
  expect(refused).toBe(pans.length)
})
