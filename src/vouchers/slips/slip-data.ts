/** The data that a slip's template binds: everything is decided here, so that a template only arranges it. */

import type { VoucherRecord } from '../archive.js'
import { isUnionPay } from '../card-area.js'
import type { CopyName, FieldName, Settings } from '../settings.js'
import { fitsBars, slipCode } from '../slip-code.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import { signatureOf } from './exemption.js'
import { originalLines } from './original-lines.js'
import type { SlipName } from './templates.js'

/** The copy that a slip is, and its number among the copies of a print. */
export interface SlipCopy {
  readonly name: CopyName
  /** Number of the copy, from 1. */
  readonly number: number
  readonly of: number
}

/** Set if the copy has been printed before, or may have been. */
export interface SlipReprint {
  /** ISO 8601 with the shop's offset. */
  readonly at: string
  /** 1 for the first reprint. */
  readonly count: number
  /** The print before this one may or may not be on paper. */
  readonly uncertain: boolean
}

export interface SlipOptions {
  readonly copy: SlipCopy
  readonly reprint?: SlipReprint
  /** Version of the calling program, printed at the end: `app 3.2.1`. */
  readonly app?: string
  /** Printed as a QR code on the customer's copy: see `voucherLink`. */
  readonly link?: string
  /** The record of `originalId`, whose numbers a void or a refund shows. */
  readonly original?: VoucherRecord
}

export const PAYMENTS = {
  wechat: { zh: '微信支付', en: 'WeChat Pay' },
  alipay: { zh: '支付宝', en: 'Alipay' },
  'unionpay-qr': { zh: '银联二维码', en: 'UnionPay QR' },
  card: { zh: '银行卡', en: 'CARD' },
  cash: { zh: '现金', en: 'CASH' },
  ec: { zh: '电子现金', en: 'EC' },
} as const

const COPY_LABELS = {
  merchant: { zh: '商户存根', en: 'MERCHANT COPY' },
  cardholder: { zh: '持卡人存根', en: 'CARDHOLDER COPY' },
  bank: { zh: '银行存根', en: 'BANK COPY' },
} as const

/** The template that a trade's slip is made from. */
export function slipNameOf({
  kind,
}: Pick<VoucherRecord, 'kind'>): Extract<SlipName, 'card' | 'scan' | 'cash'> {
  if (kind === 'cash') return 'cash'
  return kind === 'card' || kind === 'ec' ? 'card' : 'scan'
}

/**
 * The data for a trade's slip.
 *
 * @example bind(SLIP_TEMPLATES.card, slipData(record, settings, { copy: { name: 'merchant', number: 1, of: 2 } }))
 */
export function slipData(record: VoucherRecord, settings: Settings, options: SlipOptions): object {
  const { copy, reprint, app } = options
  const rule = TRADE_TYPE_RULES[record.type]
  const bilingual = settings.language === 'zh-en'
  const signature = signatureOf(record)
  const code = slipCode(record)
  const merchant = record.merchant ?? settings.merchant ?? { no: '', name: '' }
  const shows = (name: FieldName) => settings.fields[name] ?? true
  return {
    logo: shows('logo') ? settings.logo : undefined,
    title: titleOf(record),
    bilingual,
    label: labelsOf(record, bilingual),
    copy: { ...copy, ...copyLabel(record, copy.name) },
    reprint,
    merchant,
    address: shows('address') ? merchant.address : undefined,
    terminal: record.terminal,
    operator: record.operator,
    show: {
      banks:
        shows('banks') &&
        record.kind === 'card' &&
        (record.issuer ?? record.acquirer) !== undefined,
      expiry: shows('expiry') && (record.expiry ?? record.scheme) !== undefined,
    },
    issuer: record.issuer ?? '',
    acquirer: record.acquirer ?? '',
    pan: maskOf(record, settings),
    entry: entryOf(record, settings),
    payment: paymentOf(record, bilingual),
    type: { zh: rule.zh, en: rule.en, text: bilingual ? `${rule.zh} ${rule.en}` : rule.zh },
    expiry: record.expiry ?? '',
    scheme: record.scheme ?? '',
    batch: record.batch,
    voucher: record.voucher,
    auth: record.auth,
    ref: record.ref,
    periods: record.periods,
    payCode: record.payCode,
    payVoucher: record.payVoucher,
    orderNo: shows('orderNo') ? record.orderNo : undefined,
    at: record.at,
    ...amountsOf(record, settings),
    remarks: shows('remarks') ? (record.remarks ?? '') : '',
    originalLines: originalLines(record, options.original),
    emv: shows('emv') ? emvLines(record) : undefined,
    exemption: signature.text,
    signature: signature.signed && copy.name === 'merchant',
    code,
    codeFitsBars: fitsBars(code),
    advertQr: shows('advertQr') && copy.name === 'cardholder' ? settings.advertQr : undefined,
    link: copy.name === 'cardholder' ? options.link : undefined,
    footer: shows('footer') && copy.name === 'cardholder' ? '请妥善保管' : '',
    app: app === undefined ? '' : `${app} `,
  }
}

/** The title of the slip. That of a card of another scheme must not claim to be UnionPay's. */
function titleOf({ kind, type, scheme }: VoucherRecord): string {
  if (kind === 'cash') return TRADE_TYPE_RULES[type].direction < 0 ? '现金退款凭证' : '现金收款凭证'
  if (kind !== 'card' && kind !== 'ec') return '扫码签购单'
  return isUnionPay(scheme) ? '银联签购单' : 'POS签购单'
}

function paymentOf({ kind }: VoucherRecord, bilingual: boolean): string {
  const { zh, en } = PAYMENTS[kind]
  return bilingual ? `${zh} ${en}` : zh
}

/** In two languages a long value has a line to itself, because it does not fit beside both labels; in Chinese it follows its label. */
function labelsOf(record: VoucherRecord, bilingual: boolean): Readonly<Record<string, string>> {
  const above = (zh: string, en: string) => (bilingual ? `${zh} ${en}:\n` : `${zh}:`)
  const beside = (zh: string, en: string) => (bilingual ? `${zh} ${en}:` : `${zh}:`)
  const isBack = TRADE_TYPE_RULES[record.type].direction < 0
  return {
    merchantName: above('商户名称', 'MERCHANT NAME'),
    merchantNo: above('商户编号', 'MERCHANT NO'),
    address: above('商户地址', 'ADDRESS'),
    pan: above('卡号', 'CARD NO'),
    type: above('交易类型', 'TXN TYPE'),
    payment: above('支付方式', 'PAYMENT'),
    time: above('日期/时间', 'DATE/TIME'),
    order: beside('订单金额', 'ORDER'),
    discount: beside('商家优惠', 'DISCOUNT'),
    amount: isBack ? beside('退款金额', 'REFUND') : beside('实付金额', 'PAID'),
    // Terminals print these two in both languages on Chinese slips too.
    tip: '小费 TIPS:',
    total: '总计 TOTAL:',
    cash: isBack ? beside('退款', 'REFUND') : beside('应收', 'DUE'),
    tendered: beside('现金实收', 'CASH'),
    change: beside('找零', 'CHANGE'),
    signature: bilingual ? '持卡人签名\nCARDHOLDER SIGNATURE:' : '持卡人签名:',
    consent: bilingual
      ? '本人确认以上交易，同意将其记入本卡账户\nI ACKNOWLEDGE SATISFACTORY RECEIPT OF RELATIVE GOODS/SERVICES'
      : '本人确认以上交易，同意将其记入本卡账户',
  }
}

function copyLabel(
  { kind }: VoucherRecord,
  name: CopyName,
): { readonly zh: string; readonly en: string } {
  const isCard = kind === 'card' || kind === 'ec'
  return name === 'cardholder' && !isCard
    ? { zh: '消费者存根', en: 'CUSTOMER COPY' }
    : COPY_LABELS[name]
}

/** A shop may show less of the number for a type, and never more. */
function maskOf({ panShown, type }: VoucherRecord, settings: Settings): string | undefined {
  if (panShown === undefined || settings.masking[type] !== 'last4') return panShown
  return panShown.slice(-4).padStart(panShown.length, '*')
}

/** The letter says how the card was read: S stripe, I chip, C contactless, M keyed, N without card. */
function entryOf(
  { entry }: VoucherRecord,
  { entryForm, entryPlace }: Settings,
): { readonly afterPan: string; readonly afterType: string } {
  const forms = { letter: ` ${entry}`, slash: ` /${entry}`, brackets: `(${entry})` }
  const text = entry === undefined ? '' : forms[entryForm]
  return entryPlace === 'pan'
    ? { afterPan: text, afterType: '' }
    : { afterPan: '', afterType: text }
}

/** Amounts as they are printed: negative if money goes back and the shop wants the minus. */
function amountsOf(record: VoucherRecord, settings: Settings): object {
  const sign = settings.minus && TRADE_TYPE_RULES[record.type].direction < 0 ? -1 : 1
  const tip = record.tipFen ?? 0
  const total = record.fen + tip
  const { tenderedFen, orderFen, discountFen } = record
  return {
    amountFen: sign * record.fen,
    tipFen: tip === 0 ? undefined : sign * tip,
    totalFen: sign * total,
    orderFen,
    discountFen: discountFen === undefined ? undefined : -discountFen,
    tenderedFen,
    changeFen: tenderedFen === undefined ? undefined : tenderedFen - total,
  }
}

/** The chip's block belongs to sales whose card was read by its chip. Offline purses have a TC in place of the ARQC. */
function emvLines({ emv, entry, type }: VoucherRecord): readonly string[] | undefined {
  const isSale = type === 'sale' || type === 'ec-sale' || type === 'installment'
  if (emv === undefined || !isSale || (entry !== 'I' && entry !== 'C')) return undefined
  const { arqc, tc, aid, tvr, tsi, atc, appLabel, appName } = emv
  const pairs = (...parts: readonly (readonly [string, string | undefined])[]) =>
    parts
      .filter(([, value]) => value !== undefined)
      .map(([label, value]) => `${label}:${value}`)
      .join(' ')
  return [
    type === 'ec-sale' ? pairs(['TC', tc]) : pairs(['ARQC', arqc]),
    pairs(['AID', aid]),
    pairs(['TVR', tvr], ['TSI', tsi]),
    pairs(['ATC', atc], ['APPLAB', appLabel]),
    pairs(['APPNAME', appName]),
  ].filter((line) => line !== '')
}
