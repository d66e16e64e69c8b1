/**
 * The shapes of a trade as plain types. The schemas of `trade.ts` are checked against them by the compiler, so that
 * the published declarations name no library.
 */

import type { TradeKind, TradeResult, TradeType } from './trade-types.js'

export interface Merchant {
  readonly no: string
  readonly name: string
  readonly address?: string
}

/** How a trade names its original: by id, or by its numbers. */
export interface OriginalReference {
  /** The id that `add` returned. */
  readonly id?: string
  readonly voucher?: string
  readonly batch?: string
  readonly terminal?: string
  readonly ref?: string
  readonly auth?: string
  /** `YYYY-MM-DD` */
  readonly date?: string
  readonly payVoucher?: string
}

/** Data of the chip, in hexadecimal digits, as they are printed. */
export interface EmvData {
  readonly arqc?: string
  readonly tc?: string
  readonly aid?: string
  readonly tvr?: string
  readonly tsi?: string
  readonly atc?: string
  readonly appLabel?: string
  readonly appName?: string
}

/** How the customer was verified. Limits are fen. */
export interface CustomerVerification {
  readonly noSign?: boolean
  readonly noPin?: boolean
  readonly cdcvm?: boolean
  readonly signLimitFen?: number
  readonly pinLimitFen?: number
}

/** A trade as it is kept: defaults filled in, card number and pay code truncated, numbers padded to six digits. */
export interface Trade {
  readonly key?: string
  readonly type: TradeType
  readonly kind: TradeKind
  readonly result: TradeResult
  /** Hundredths of a yuan, always positive, because the type gives the direction. */
  readonly fen: number
  /** ISO 8601 with offset. */
  readonly at: string
  readonly terminal: string
  readonly operator: string
  readonly batch?: string
  readonly voucher?: string
  readonly merchant?: Merchant
  readonly pan?: string
  readonly cardClass?: 'credit' | 'debit'
  /** S stripe, I chip, C contactless, M keyed, N without card. */
  readonly entry?: 'S' | 'I' | 'C' | 'M' | 'N'
  readonly auth?: string
  readonly ref?: string
  /** `YYYY/MM` */
  readonly expiry?: string
  readonly issuer?: string
  readonly acquirer?: string
  readonly scheme?: string
  readonly emv?: EmvData
  readonly cvm?: CustomerVerification
  readonly qrMode?: 'MPM' | 'CPM'
  readonly payCode?: string
  readonly payVoucher?: string
  readonly orderNo?: string
  readonly orderFen?: number
  readonly discountFen?: number
  readonly tenderedFen?: number
  readonly tipFen?: number
  readonly periods?: number
  readonly original?: OriginalReference
  readonly remarks?: string
  readonly receivedAt?: string
  readonly approvedBy?: string
  readonly reason?: string
}

/** A trade as it is handed in: `result` is `approved` unless it says something else. */
export type TradeInput = Omit<Trade, 'result'> & { readonly result?: TradeResult | undefined }
