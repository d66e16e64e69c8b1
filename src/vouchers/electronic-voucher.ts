/**
 * The electronic voucher: a slip for the screen, made from the bytes that are kept with its record. It shows the paper that was
 * printed or would have been printed, even if the templates have changed since.
 */

import type { Diagnostic } from '../model/diagnostic.js'
import { CALLBACK, needed, type OptionRules, oneOf, readOptions } from '../model/options.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import type { Archive, VoucherRecord } from './archive.js'
import { VoucherError } from './errors.js'
import { COPY_NAMES, type CopyName } from './settings.js'
import type { KeptCopy } from './slips/kept-slips.js'
import type { SlipMaker } from './slips/slip-making.js'
import { TRADE_TYPE_RULES } from './trade-types.js'

/** Format of the file: `text` for terminals, `html` with real text for screens and screen readers, the others dot by dot. */
export type VoucherFormat = 'pdf' | 'png' | 'svg' | 'html' | 'text'

export interface ElectronicOptions {
  /** The copy that is shown. */
  readonly copy: CopyName
  readonly as: VoucherFormat
  /** Makes the slip if the voucher has no kept one: see `slipMaker`. Default: such a voucher is refused. */
  readonly maker?: SlipMaker
  /** `templates` makes the slip with `maker` even if one is kept. Default `kept`. */
  readonly from?: 'kept' | 'templates'
}

export interface ElectronicVoucher {
  readonly record: VoucherRecord
  readonly content: Uint8Array
  /** `application/pdf` and the like. */
  readonly mediaType: string
  /** `20261123-000236-cardholder.pdf`. */
  readonly fileName: string
  /** False if this call has made the slip, with the current templates. */
  readonly isKept: boolean
  /** Diagnostics of a slip that this call has made: they say what could not be done as asked. Empty for a kept slip. */
  readonly diagnostics: readonly Diagnostic[]
}

const FORMATS: Readonly<Record<VoucherFormat, { readonly type: string; readonly ending: string }>> =
  {
    pdf: { type: 'application/pdf', ending: 'pdf' },
    png: { type: 'image/png', ending: 'png' },
    svg: { type: 'image/svg+xml', ending: 'svg' },
    html: { type: 'text/html; charset=utf-8', ending: 'html' },
    text: { type: 'text/plain; charset=utf-8', ending: 'txt' },
  }

const RULES: OptionRules<ElectronicOptions> = {
  copy: needed(oneOf(...COPY_NAMES)),
  as: needed(oneOf('pdf', 'png', 'svg', 'html', 'text')),
  maker: CALLBACK,
  from: oneOf('kept', 'templates'),
}

/**
 * Returns a voucher's slip as a file. A PDF has the record attached as `voucher.json`; in the cardholder's copy it lacks the shop's own
 * fields.
 *
 * @param idOrNumber as `archive.get`
 * @throws VoucherError `VOUCHER_UNKNOWN`, `VOUCHER_AMBIGUOUS`; `SLIP_NOT_KEPT` if the copy is not kept and no `maker` was given; `NO_SLIP`
 *
 * @example
 * await archive.keepSlips(id, slipMaker({ profile: generic58 }), { now: new Date() })
 * const { content, fileName, isKept } = await electronicVoucher(archive, id, { copy: 'merchant', as: 'pdf' })
 * fileName.endsWith('-merchant.pdf') && isKept && content.length > 1000 // true
 */
export async function electronicVoucher(
  archive: Archive,
  idOrNumber: string,
  options: ElectronicOptions,
): Promise<ElectronicVoucher> {
  const asked = readOptions<ElectronicOptions>('electronicVoucher', options, RULES)
  const record = await archive.get(idOrNumber)
  const slip = (await keptSlip(archive, record, asked)) ?? (await madeSlip(archive, record, asked))
  const { type, ending } = FORMATS[asked.as]
  return {
    record,
    content: await drawn(record, slip, asked),
    mediaType: type,
    fileName: `${record.businessDay.replaceAll('-', '')}-${record.voucher}-${asked.copy}.${ending}`,
    isKept: slip.isKept,
    diagnostics: slip.diagnostics,
  }
}

interface Slip {
  readonly profile: Profile
  readonly copy: KeptCopy
  readonly isKept: boolean
  readonly diagnostics: readonly Diagnostic[]
}

async function keptSlip(
  archive: Archive,
  { id }: VoucherRecord,
  { copy: name, from }: ElectronicOptions,
): Promise<Slip | undefined> {
  if (from === 'templates') return undefined
  const kept = await archive.slips(id)
  const copy = kept?.copies.find((one) => one.name === name)
  if (kept === undefined || copy === undefined) return undefined
  return { profile: kept.profile, copy, isKept: true, diagnostics: [] }
}

async function madeSlip(
  archive: Archive,
  record: VoucherRecord,
  { copy: name, maker }: ElectronicOptions,
): Promise<Slip> {
  if (maker === undefined) throw notKept(name)
  const settings = await archive.settings(record.terminal)
  const { originalId } = record
  const original = originalId === undefined ? {} : { original: await archive.get(originalId) }
  const made = await maker({ record, settings, ...original })
  const copy = made.copies.find((one) => one.name === name)
  if (copy === undefined) throw notKept(name)
  return { profile: made.profile, copy, isKept: false, diagnostics: copy.diagnostics }
}

function notKept(name: CopyName): VoucherError {
  return new VoucherError(`the ${name} copy of this voucher is not kept`, {
    code: 'SLIP_NOT_KEPT',
    path: 'options.copy',
    hint: 'give maker: slipMaker({ profile }) to have it made by the templates of today',
  })
}

async function drawn(
  record: VoucherRecord,
  { profile, copy }: Slip,
  { as }: ElectronicOptions,
): Promise<Uint8Array> {
  const { printBytes } = await import('../emulator/virtual-printer.js')
  const { withDrawnTexts } = await import('../paper/drawn-texts.js')
  const paper = withDrawnTexts(printBytes(copy.bytes, profile), copy.drawnBlocks)
  const content = await DRAWINGS[as](paper, record, copy.name)
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

type Draw = (paper: Paper, record: VoucherRecord, copy: CopyName) => Promise<Uint8Array | string>

const DRAWINGS: Readonly<Record<VoucherFormat, Draw>> = {
  async pdf(paper, record, copy) {
    const { paperToPdf } = await import('../paper/pdf/paper-pdf.js')
    const data = new TextEncoder().encode(JSON.stringify(shownRecord(record, copy)))
    const attachment = { name: 'voucher.json', mediaType: 'application/json', data }
    return paperToPdf(paper, {
      title: titleOf(record),
      createdAt: record.at,
      attachments: [attachment],
    })
  },
  async png(paper) {
    return (await import('../paper/views/paper-png.js')).paperToPng(paper)
  },
  async svg(paper) {
    return (await import('../paper/views/paper-svg.js')).paperToSvg(paper)
  },
  async html(paper, record) {
    const { paperToHtml } = await import('../paper/html/paper-html.js')
    return paperToHtml(paper, { title: titleOf(record) })
  },
  async text(paper) {
    return `${(await import('../paper/views/paper-text.js')).paperToText(paper)}\n`
  },
}

function titleOf({ type, voucher, businessDay }: VoucherRecord): string {
  return `${TRADE_TYPE_RULES[type].zh} ${voucher} ${businessDay}`
}

/**
 * The record as a copy may show it. The cardholder's lacks the fee, which is between the shop and its acquirer, and keys, prints and
 * warnings, which only the shop's program needs.
 */
function shownRecord(record: VoucherRecord, copy: CopyName): object {
  if (copy !== 'cardholder') return record
  const { feeFen: _, key: __, prints: ___, warnings: ____, ...shown } = record
  return shown
}
