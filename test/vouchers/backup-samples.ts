/** Shops with everything that a store can hold, and what their stores answer. */
import { readdirSync, readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { expect } from 'vitest'
import { generic58 } from '../../src/profiles/index.js'
import { type Archive, slipMaker } from '../../src/vouchers/index.js'
import { cash, sale } from './helpers.js'

export const PASSWORD = '正确 horse battery'

/** An old month, and the present. */
export const THEN = new Date('2024-03-15T04:10:00Z')
export const NOW = new Date('2026-11-29T04:10:00Z')
const atThen = '2024-03-15T12:08:31+08:00'
const atNow = '2026-11-28T12:08:31+08:00'

/** Each text is found nowhere but in its trade. */
export const NEEDLES = {
  ref: '240315998877',
  orderNo: 'D20240315ZEBRA',
  remarks: '靠窗斑马桌',
  issuer: '斑马银行',
  key: 'till-zebra-1',
  payVoucher: '4200009988776655443322',
  auth: '99Z9Z9',
} as const

/** Two old trades that retention may remove, printed and settled. */
export async function addOld(archive: Archive): Promise<readonly string[]> {
  const by = { now: THEN, by: '斑马' }
  const { ref, orderNo, remarks, issuer, key, payVoucher, auth } = NEEDLES
  const card = { ...sale, at: atThen, ref, auth, issuer, orderNo, remarks, key, batch: '1' }
  const scan = {
    ...{ type: 'scan-sale', kind: 'wechat', fen: 990, at: atThen, operator: '02' },
    ...{ terminal: sale.terminal, batch: '1', payVoucher, qrMode: 'MPM' },
  }
  const added = await archive.addMany([card, scan], { now: THEN })
  const ids = added.map(({ id }) => id)
  const [first = ''] = ids
  await archive.recordPrint(
    first,
    {
      ...{ copy: 'merchant', outcome: 'confirmed', by: '斑马' },
      marked: false,
      nth: 1,
      jobId: 'j1',
    },
    { now: THEN },
  )
  await archive.answer(first, 'print', by)
  await archive.keepSlips(first, slipMaker({ profile: generic58 }), { now: THEN })
  await archive.settle({ terminal: sale.terminal, batch: '1' }, by)
  return ids
}

/** A part of the slip's bytes as they are kept with a voucher. */
export async function keptSlip(archive: Archive): Promise<string> {
  const records = await archive.records({ after: 0, limit: 1000 })
  const body = records.find(({ kind }) => kind === 'slip')?.body as string
  return /[\w+/]{60}/.exec(body)?.[0] as string
}

/** Trades of every kind of standing, settings, a report, a reset. */
export async function addPresent(archive: Archive): Promise<void> {
  const by = { now: NOW, by: '01' }
  await archive.changeSettings({ merchant: { no: '898310058120043', name: '老城面馆' } }, by)
  const more = { at: atNow, merchant: { no: '898310058120043', name: '老城面馆' } }
  const base = { ...cash, ...more, batch: '7' }
  const { id } = await archive.add({ ...base, key: 'a' }, { now: NOW })
  await archive.add({ ...sale, ...more, batch: '7', tipFen: 100 }, { now: NOW })
  await archive.add({ ...base, result: 'unknown' }, { now: NOW })
  await archive.add({ ...base, type: 'void', original: { id } }, { now: NOW })
  const auth = { ...sale, ...more, voucher: '9', type: 'preauth', batch: '7', auth: '123456' }
  await archive.add(auth, { now: NOW })
  await archive.takeDrawer(id, by)
  await archive.settle({ terminal: sale.terminal, batch: '7' }, by)
  await archive.report('2026-11-28', by)
  await archive.add({ ...base, terminal: 't2', batch: '1' }, { now: NOW })
  await archive.resetTerminal({ terminal: 't2', why: '换主板' }, by)
  await archive.add({ ...base, terminal: 't2', batch: '1' }, { now: NOW })
}

const QUESTIONS = [
  {},
  { day: '2026-11-28' },
  { from: '2024-01-01', to: '2024-12-31' },
  { amount: '51.00' },
  { min: 5000, max: 200_000 },
  { last4: '0012' },
  { kind: 'cash' },
  { type: 'preauth' },
  { result: 'unknown' },
  { operator: '02' },
  { terminal: 't2' },
  { batch: '7' },
  { printed: 'yes' },
  { ref: NEEDLES.ref },
  { auth: '123456' },
  { order: NEEDLES.orderNo },
  { code: NEEDLES.payVoucher },
  { voucher: '9' },
]

/** All that searches, sums and histories say. */
export async function answersOf(archive: Archive): Promise<unknown> {
  const finds = []
  for (const query of QUESTIONS) finds.push(await archive.find(query))
  return {
    finds,
    heads: await archive.heads(),
    totals: await archive.totals({ by: ['day', 'kind', 'type', 'operator', 'terminal'] }),
    settings: await archive.settings(sale.terminal),
    history: await archive.settingsHistory(),
    detail: await archive.detail({ terminal: sale.terminal, batch: '7' }),
    lastBackup: await archive.lastBackup(),
  }
}

/** Whether the bytes of any file of the folder hold the text, as UTF-8 or UTF-16, or as the bytes of its hexadecimal digits. */
export function filesHolding(folder: string, text: string): readonly string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')]
  if (/^[0-9a-f]{64}$/.test(text)) forms.push(Buffer.from(text, 'hex'))
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => forms.some((form) => readFileSync(file).includes(form)))
}

/** The bytes with one bit turned over. */
export function withFlippedBit(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  flipped[at] = (flipped[at] as number) ^ (1 << bit)
  return flipped
}

/** The texts of all frames of a backup that is not encrypted. */
export function decompressed(file: string): string {
  const bytes = readFileSync(file)
  return framesOf(file)
    .map(({ start, end }) => inflateRawSync(bytes.subarray(start + 5, end - 16)).toString())
    .join('\n')
}

/** Where each frame begins and ends, by its length. */
export function framesOf(
  file: string,
): readonly { readonly start: number; readonly end: number }[] {
  const bytes = readFileSync(file)
  const frames = []
  for (let start = 12 + bytes.readUInt32BE(8) + 32; start < bytes.length; ) {
    const end = start + 5 + bytes.readUInt32BE(start) + 16
    frames.push({ start, end })
    start = end
  }
  return frames
}

export async function failure(work: Promise<unknown>): Promise<{ code?: string; message: string }> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  return error
}
