/** How the slips of a voucher are made, for a printer or in place of one. */

import type { Receipt } from '../../elements/nodes.js'
import type { Pixels } from '../../model/bitmap.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import type { CopyName, Settings } from '../settings.js'
import type { VoucherRecord } from '../voucher-record.js'
import type { KeptCopy, SlipForm } from './kept-slips.js'
import type { SlipTemplates } from './templates.js'

export interface SlipMaking {
  /** Profile of the printer that would print the slips. */
  readonly profile: Profile
  readonly templates?: SlipTemplates
  /** Pictures by the `src` that the settings or a template name. A logo that is not given is left out. */
  readonly images?: Readonly<Record<string, Pixels>>
  /** Version of the calling program, printed at the end of a slip. */
  readonly app?: string
  /** The link that the customer's copy shows as a QR code: see `voucherLink`. Default: none. */
  readonly linkOf?: (record: VoucherRecord) => string
  /** Copies to make. Default: those of the settings. */
  readonly copies?: readonly CopyName[]
  /** A slip that the acquirer has made: see `readySlip`. */
  readonly ready?: Receipt
}

/** A voucher whose slips are made. */
export interface SlipVoucher {
  readonly record: VoucherRecord
  readonly settings: Settings
  /** The record of `originalId`, whose numbers a void or a refund shows. */
  readonly original?: VoucherRecord
}

export interface MadeCopy extends KeptCopy {
  /** Diagnostics of compiling the copy for the profile. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Slips that can be kept with their voucher. */
export interface MadeSlips extends Omit<SlipForm, 'library'> {
  readonly copies: readonly MadeCopy[]
  /** Makes the dictionary for slips of this form, from the slips of an invented trade. */
  sample(): Promise<Uint8Array>
}

/** Makes the slips of a voucher: see `slipMaker`. */
export type SlipMaker = (voucher: SlipVoucher) => Promise<MadeSlips>
