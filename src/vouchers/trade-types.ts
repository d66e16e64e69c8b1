/**
 * The types of trades as one table: how each is called, which way the money goes, how it may be paid, and which original it needs.
 *
 * The rules follow the habits of Chinese card terminals: a void (撤销) undoes a trade of the same open batch, a refund (退货) gives back
 * a part of a settled one, and a pre-authorisation is raised, completed once, or cancelled.
 */

export const TRADE_KINDS = ['card', 'wechat', 'alipay', 'unionpay-qr', 'cash', 'ec'] as const
/** How a trade is paid. `ec` is the electronic purse of a chip card (电子现金). */
export type TradeKind = (typeof TRADE_KINDS)[number]

export const TRADE_RESULTS = ['approved', 'declined', 'unknown', 'reversed'] as const
/** `unknown` is a trade whose answer did not come in time; a person or the host resolves it later. */
export type TradeResult = (typeof TRADE_RESULTS)[number]

/** The earlier trade that a type refers to, and how far the two must agree. */
export interface OriginalRule {
  readonly types: readonly TradeType[]
  /** `same`: the trade must come from the terminal of the original. */
  readonly terminal: 'same' | 'any'
  /** `open`: only in the original's batch before its settlement; `closed`: only after the settlement; `any`: at any time. */
  readonly batch: 'open' | 'closed' | 'any'
  /** `whole` is exactly the charged amount; `rest` at most the part that was not refunded; `percent` at most a share set by a setting. */
  readonly amount: 'whole' | 'rest' | 'percent' | 'any'
  /** The state that the original must be in. */
  readonly state: readonly VoucherState[]
  /** The change that an approved trade makes to its original. */
  readonly effect: 'voids' | 'refunds' | 'raises' | 'completes' | 'closes' | 'reopens'
}

/** `not-effective` is a trade that was declined, reversed, or whose result is not known yet. */
export type VoucherState =
  | 'effective'
  | 'voided'
  | 'part-refunded'
  | 'refunded'
  | 'open'
  | 'completed'
  | 'not-effective'

export interface TradeTypeRule {
  readonly zh: string
  readonly en: string
  /** Sign of the amount in totals; 0 for a type that moves no money. */
  readonly direction: 1 | -1 | 0
  readonly kinds: readonly TradeKind[]
  /** Whether an approved trade of this type has a slip. */
  readonly hasSlip: boolean
  readonly original?: OriginalRule
}

export const TRADE_TYPES = [
  'sale',
  'void',
  'refund',
  'preauth',
  'preauth-add',
  'preauth-void',
  'preauth-complete',
  'preauth-complete-void',
  'scan-sale',
  'scan-void',
  'scan-refund',
  'ec-sale',
  'ec-load',
  'installment',
  'balance',
] as const
export type TradeType = (typeof TRADE_TYPES)[number]

const SCAN: readonly TradeKind[] = ['wechat', 'alipay', 'unionpay-qr']
const CARD: readonly TradeKind[] = ['card']

/** A void needs the same terminal and the open batch, because the host has not yet settled what it takes back. */
const VOID = {
  terminal: 'same',
  batch: 'open',
  amount: 'whole',
  state: ['effective'],
  effect: 'voids',
} as const satisfies Partial<OriginalRule>

const REFUND = {
  terminal: 'any',
  amount: 'rest',
  state: ['effective', 'part-refunded'],
  effect: 'refunds',
} as const satisfies Partial<OriginalRule>

const PREAUTH = {
  types: ['preauth'],
  terminal: 'any',
  batch: 'any',
  state: ['open'],
} as const satisfies Partial<OriginalRule>

export const TRADE_TYPE_RULES: { readonly [T in TradeType]: TradeTypeRule } = {
  sale: { zh: '消费', en: 'SALE', direction: 1, kinds: ['card', 'cash'], hasSlip: true },
  void: {
    zh: '消费撤销',
    en: 'VOID',
    direction: -1,
    kinds: ['card', 'cash', 'ec'],
    hasSlip: true,
    original: { ...VOID, types: ['sale', 'installment', 'ec-sale'] },
  },
  refund: {
    zh: '退货',
    en: 'REFUND',
    direction: -1,
    kinds: ['card', 'cash', 'ec'],
    hasSlip: true,
    original: {
      ...REFUND,
      types: ['sale', 'installment', 'ec-sale', 'preauth-complete'],
      batch: 'closed',
    },
  },
  preauth: { zh: '预授权', en: 'AUTH', direction: 0, kinds: CARD, hasSlip: true },
  'preauth-add': {
    zh: '追加预授权',
    en: 'ADD AUTH',
    direction: 0,
    kinds: CARD,
    hasSlip: true,
    original: { ...PREAUTH, amount: 'any', effect: 'raises' },
  },
  'preauth-void': {
    zh: '预授权撤销',
    en: 'AUTH CANCEL',
    direction: 0,
    kinds: CARD,
    hasSlip: true,
    original: { ...PREAUTH, amount: 'whole', effect: 'closes' },
  },
  'preauth-complete': {
    zh: '预授权完成',
    en: 'AUTH COMPLETE',
    direction: 1,
    kinds: CARD,
    hasSlip: true,
    original: { ...PREAUTH, amount: 'percent', effect: 'completes' },
  },
  'preauth-complete-void': {
    zh: '预授权完成撤销',
    en: 'COMPLETE VOID',
    direction: -1,
    kinds: CARD,
    hasSlip: true,
    original: { ...VOID, types: ['preauth-complete'], effect: 'reopens' },
  },
  'scan-sale': { zh: '扫码消费', en: 'SCAN SALE', direction: 1, kinds: SCAN, hasSlip: true },
  'scan-void': {
    zh: '扫码撤销',
    en: 'SCAN VOID',
    direction: -1,
    kinds: SCAN,
    hasSlip: true,
    original: { ...VOID, types: ['scan-sale'] },
  },
  // Payment platforms give money back on the same day too, so a scan refund does not wait for the settlement.
  'scan-refund': {
    zh: '扫码退款',
    en: 'SCAN REFUND',
    direction: -1,
    kinds: SCAN,
    hasSlip: true,
    original: { ...REFUND, types: ['scan-sale'], batch: 'any' },
  },
  'ec-sale': { zh: '电子现金消费', en: 'EC SALE', direction: 1, kinds: ['ec'], hasSlip: true },
  'ec-load': { zh: '电子现金充值', en: 'EC LOAD', direction: 0, kinds: ['ec'], hasSlip: true },
  installment: { zh: '分期消费', en: 'INSTALLMENT', direction: 1, kinds: CARD, hasSlip: true },
  balance: {
    zh: '余额查询',
    en: 'ENQUIRY',
    direction: 0,
    kinds: ['card', 'ec'],
    hasSlip: false,
  },
}

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

/** A trade as a caller hands it in: `result` defaults to `approved`. */
export type TradeInput = Omit<Trade, 'result'> & { readonly result?: TradeResult | undefined }
