/** A trade of every type and kind that makes a slip, and the records that a store would make of them. Shops and cards are invented. */

import type { VoucherRecord } from '../../src/vouchers/archive.js'
import { readTrade } from '../../src/vouchers/read-trade.js'
import type { TradeInput } from '../../src/vouchers/trade.js'
import { TRADE_TYPE_RULES, type TradeKind } from '../../src/vouchers/trade-types.js'

const base = {
  at: '2026-11-23T12:08:31+08:00',
  terminal: '10023456',
  operator: '01',
  batch: '000017',
  merchant: { no: '898110058120001', name: '老城面馆人民路店' },
} as const

const card = {
  ...base,
  kind: 'card',
  pan: '622202******0012',
  entry: 'I',
  expiry: '2031/08',
  issuer: '工商银行',
  acquirer: '示例收单',
  scheme: 'CUP',
  auth: 'A12345',
  ref: '112308456701',
} as const

const emv = {
  arqc: '5A6B7C8D9E0F1A2B',
  aid: 'A000000333010101',
  tvr: '0000008000',
  tsi: 'E800',
  atc: '00A7',
  appLabel: 'PBOC DEBIT',
} as const

const platforms = {
  wechat: { payVoucher: '20261123121544000123', payCode: '1345**********6789', qrMode: 'CPM' },
  alipay: { payVoucher: '20261123122001004567', payCode: '2876**********0413', qrMode: 'CPM' },
  'unionpay-qr': { payVoucher: '20261123123355008901', qrMode: 'MPM' },
} as const

const scans = (Object.keys(platforms) as (keyof typeof platforms)[]).flatMap((kind, i) => {
  const scan = { ...base, kind, ...platforms[kind], at: '2026-11-23T12:15:44+08:00' }
  const original = { payVoucher: platforms[kind].payVoucher }
  return [
    {
      ...scan,
      type: 'scan-sale',
      voucher: `24${i}`,
      fen: 8300,
      orderNo: `MT20261123000${i}`,
      ...(kind === 'wechat' ? { orderFen: 8800, discountFen: 500 } : {}),
    },
    {
      ...scan,
      type: 'scan-void',
      voucher: `25${i}`,
      payVoucher: `2026112312300000001${i}`,
      fen: 8300,
      original: { ...original, voucher: `24${i}` },
    },
    {
      ...scan,
      type: 'scan-refund',
      voucher: `26${i}`,
      payVoucher: `2026112415000000002${i}`,
      at: '2026-11-24T15:00:02+08:00',
      fen: 2600,
      original: { ...original, date: '2026-11-23' },
      remarks: '退酸梅汤两杯',
    },
  ] as TradeInput[]
})

/** By name, `type-kind`. */
export const slipTrades: Readonly<Record<string, TradeInput>> = Object.fromEntries(
  (
    [
      { ...card, type: 'sale', voucher: '236', fen: 128600, emv },
      {
        ...card,
        type: 'void',
        voucher: '241',
        fen: 128600,
        at: '2026-11-23T13:40:02+08:00',
        ref: '112308467788',
        original: { voucher: '000236' },
      },
      {
        ...card,
        type: 'refund',
        voucher: '243',
        fen: 6800,
        at: '2026-11-25T10:12:00+08:00',
        batch: '000019',
        ref: '112510123344',
        original: { voucher: '236', ref: '112308456701', date: '2026-11-23' },
      },
      { ...card, type: 'preauth', voucher: '301', fen: 200000, entry: 'S' },
      {
        ...card,
        type: 'preauth-add',
        voucher: '302',
        fen: 50000,
        original: { auth: 'A12345', date: '2026-11-23' },
      },
      {
        ...card,
        type: 'preauth-void',
        voucher: '303',
        fen: 250000,
        entry: 'M',
        original: { auth: 'A12345', date: '2026-11-23' },
      },
      {
        ...card,
        type: 'preauth-complete',
        voucher: '304',
        fen: 231050,
        auth: 'B67890',
        original: { auth: 'A12345', date: '2026-11-23' },
      },
      {
        ...card,
        type: 'preauth-complete-void',
        voucher: '305',
        fen: 231050,
        original: { voucher: '304', auth: 'B67890' },
      },
      {
        ...card,
        type: 'installment',
        voucher: '237',
        fen: 480000,
        periods: 12,
        cardClass: 'credit',
        emv,
      },
      ...(['sale', 'void', 'refund'] as const).map((type, i) => ({
        ...base,
        type,
        kind: 'cash',
        voucher: `${i + 1}`,
        fen: type === 'refund' ? 1200 : 5100,
        ...(type === 'sale'
          ? { orderNo: '1123-0048', orderFen: 5600, discountFen: 500, tenderedFen: 10000 }
          : { original: { voucher: '000001' } }),
      })),
      ...(['void', 'refund'] as const).map((type, i) => ({
        ...base,
        type,
        kind: 'ec',
        pan: '622202******0012',
        voucher: `31${i}`,
        fen: 1500,
        original: { voucher: '310' },
      })),
      ...(['ec-sale', 'ec-load'] as const).map((type, i) => ({
        ...base,
        type,
        kind: 'ec',
        pan: '622202******0012',
        entry: 'C',
        scheme: 'CUP',
        expiry: '2031/08',
        voucher: `32${i}`,
        fen: 1500,
        emv: { ...emv, tc: '0F1E2D3C4B5A6978' },
      })),
      ...scans,
    ] as TradeInput[]
  ).map((trade) => [`${trade.type}-${trade.kind}`, trade]),
)

/** The record that a store gives of an approved trade. */
export function recordOf(input: TradeInput): VoucherRecord {
  const { trade, warnings } = readTrade(input)
  const { pan, voucher = '000001', batch = '000001', ...rest } = trade
  const chargedFen = trade.fen + (trade.tipFen ?? 0)
  return {
    ...rest,
    voucher,
    batch,
    ...(pan === undefined ? {} : { panShown: pan }),
    id: '019ab000-0000-7000-8000-000000000001',
    state: 'effective',
    recordedAt: '2026-11-23T04:08:32.000Z',
    businessDay: '2026-11-23',
    chargedFen,
    refundableFen: chargedFen,
    prints: [],
    warnings,
  }
}

/** Each type with each kind that makes a slip, as the table of trades has them. */
export const slipNames: readonly string[] = Object.entries(TRADE_TYPE_RULES)
  .filter(([, { hasSlip }]) => hasSlip)
  .flatMap(([type, { kinds }]) => kinds.map((kind: TradeKind) => `${type}-${kind}`))
