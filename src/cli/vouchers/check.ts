/** `vouchers verify | doctor`: checks that the records are unchanged, and lists what needs a person. */

import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { yuanOf } from '../../vouchers/amount-text.js'
import type { Archive, VoucherRecord } from '../../vouchers/archive.js'
import { isAddress } from '../../vouchers/postgres-url.js'
import type { Seal } from '../../vouchers/seal.js'
import { readJson } from '../input.js'
import { progressBar } from '../progress.js'
import { answer, inStore, type StoreFlags, storePath, withStore } from './run.js'

export function addChecking(vouchers: Command): void {
  withStore(vouchers.command('verify'))
    .description('read every record and check the chains')
    .option(
      '--seal <digits|file>',
      'a seal that was kept: the digits of a slip, or a file of `seal`',
    )
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers verify --seal 9f2c41d07ab36e58 --store shop.db',
    )
    .action(verify)
  withStore(vouchers.command('doctor'))
    .description(
      'what needs a person: unknown results, uncertain prints, old backups, files that others may read',
    )
    .addHelpText('after', '\nExample:\n  xiaopiao vouchers doctor --store shop.db')
    .action(doctor)
}

async function verify(flags: StoreFlags & { readonly seal?: string }): Promise<void> {
  await inStore(flags, async (archive) => {
    const seal = flags.seal === undefined ? {} : { seal: await sealOf(flags.seal) }
    const bar = progressBar('records read')
    const onProgress = (done: number, total: number) => bar.show(done, total)
    const result = await archive.verify({ ...seal, onProgress }).finally(() => bar.end())
    if (!result.ok) process.exitCode = 1
    if (flags.json === true) return answer(result)
    for (const { kind, chain, seq, voucherId, message } of result.faults) {
      const where = seq === 0 ? (voucherId ?? chain) : `${chain} record ${seq}`
      process.stdout.write(`${kind} at ${where}: ${message}\n`)
    }
    const words = result.ok ? 'are as they were recorded' : 'were read, and faults were found'
    process.stdout.write(`${result.entries} records of ${result.vouchers} vouchers ${words}\n`)
    if (result.seal !== undefined) {
      const whose = result.seal.isGiven ? 'the seal that was given' : 'the newest seal of the store'
      process.stdout.write(`compared with ${whose}, of ${result.seal.at}\n`)
    }
    const without = flags.seal === undefined ? ' without a seal from elsewhere' : ''
    process.stdout.write(`not seen${without}: ${result.notSeen.join('; ')}\n`)
  })
}

/** Reads `--seal`: digits are the seal itself, and other text is the name of a file. */
export async function sealOf(text: string): Promise<string | Seal> {
  return /^[0-9a-f\s-]{16,}$/i.test(text) ? text : ((await readJson(text)) as Seal)
}

interface Finding {
  readonly code: string
  readonly message: string
  readonly fix: string
}

async function doctor(flags: StoreFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const findings = [
      ...(await openTrades(archive)),
      ...(await uncertainPrints(archive)),
      ...(await readableFiles(flags)),
      ...(await oldBackup(archive)),
    ]
    const lastBackup = (await archive.lastBackup()) ?? null
    if (flags.json === true) return answer({ findings, lastBackup })
    for (const { code, message, fix } of findings)
      process.stdout.write(`${code}: ${message} — ${fix}\n`)
    if (findings.length === 0) process.stdout.write('all is well\n')
    if (lastBackup !== null) {
      const { file, at } = lastBackup
      process.stdout.write(`the last backup is ${file}, ${ageOf(at)} old\n`)
    }
  })
}

/** Reports a missing or old backup, because the trades since it would be lost with the store. */
async function oldBackup(archive: Archive): Promise<readonly Finding[]> {
  const last = await archive.lastBackup()
  if (last === undefined && (await archive.find({ limit: 1 })).count === 0) return []
  if (last !== undefined && ageDays(last.at) <= MAX_BACKUP_DAYS) return []
  const fix = 'vouchers backup FILE; keep the file and the key file on different disks'
  if (last === undefined) return [{ code: 'BACKUP_NONE', message: 'there is no backup', fix }]
  return [{ code: 'BACKUP_OLD', message: `the last backup is ${ageOf(last.at)} old`, fix }]
}

const DAY_MS = 86_400_000
const MAX_BACKUP_DAYS = 7

function ageDays(at: string): number {
  return Math.max(0, (Date.now() - Date.parse(at)) / DAY_MS)
}

function ageOf(at: string): string {
  const days = Math.floor(ageDays(at))
  if (days >= 1) return days === 1 ? 'a day' : `${days} days`
  return 'less than a day'
}

async function openTrades(archive: Archive): Promise<readonly Finding[]> {
  const { vouchers } = await archive.find({ result: 'unknown', limit: 1000 })
  return vouchers.map((voucher) => ({
    code: 'RESULT_UNKNOWN',
    message: `${nameOf(voucher)} over ${yuanOf(voucher.chargedFen)} has no result`,
    fix: `ask the acquirer, then vouchers resolve ${voucher.id} approved|declined|reversed`,
  }))
}

async function uncertainPrints(archive: Archive): Promise<readonly Finding[]> {
  const { vouchers } = await archive.find({ printed: 'uncertain', limit: 1000 })
  return vouchers.map((voucher) => ({
    code: 'PRINT_UNCERTAIN',
    message: `it is not known whether ${nameOf(voucher)} was printed`,
    fix: `look for the paper; if it is not there, vouchers reprint ${voucher.id}`,
  }))
}

function nameOf({ at, type, batch, voucher }: VoucherRecord): string {
  return `${type} ${batch}/${voucher} of ${at}`
}

/** Reports files that others can read. The store contains card holders' data, and with the key somebody could compute forged chains. */
async function readableFiles(flags: StoreFlags): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const file of secretFiles(flags)) {
    const { mode } = await stat(file)
    if (process.platform === 'win32' || (mode & 0o077) === 0) continue
    findings.push({
      code: 'FILE_READABLE',
      message: `other users of this machine may read ${file}`,
      fix: `chmod 600 ${file}`,
    })
  }
  return findings
}

function secretFiles(flags: StoreFlags): readonly string[] {
  const { keyFile } = flags
  const store = storePath(flags)
  if (!isAddress(store)) return [store, keyFile ?? `${store}.key`]
  return keyFile === undefined ? [] : [keyFile]
}
