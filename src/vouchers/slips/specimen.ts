/** An invented trade of each template, whose slip has what most slips of the template have in common. */

import type { VoucherRecord } from '../archive.js'
import type { SlipName } from './templates.js'

const COMMON = {
  id: '00000000-0000-7000-8000-000000000000',
  type: 'sale',
  result: 'approved',
  state: 'effective',
  fen: 128_600,
  chargedFen: 128_600,
  refundableFen: 128_600,
  at: '2026-11-23T12:08:31+08:00',
  recordedAt: '2026-11-23T04:08:31.000Z',
  businessDay: '2026-11-23',
  terminal: '10023456',
  operator: '01',
  batch: '000017',
  voucher: '000236',
  prints: [],
  warnings: [],
} as const

const SPECIMENS: Readonly<Record<'card' | 'scan' | 'cash', VoucherRecord>> = {
  card: {
    ...COMMON,
    kind: 'card',
    panShown: '622202******0012',
    entry: 'I',
    expiry: '2031/08',
    issuer: '工商银行',
    acquirer: '银联商务',
    scheme: 'CUP',
    auth: 'A12345',
    ref: '112308456701',
    emv: {
      arqc: '5A6B7C8D9E0F1A2B',
      aid: 'A000000333010101',
      tvr: '0000008000',
      tsi: 'E800',
      atc: '00A7',
      appLabel: 'PBOC DEBIT',
    },
  },
  scan: {
    ...COMMON,
    type: 'scan-sale',
    kind: 'wechat',
    qrMode: 'CPM',
    payCode: '1345**********6789',
    payVoucher: '20261123121544000123',
    orderNo: 'MT202611230001',
  },
  cash: { ...COMMON, kind: 'cash', tenderedFen: 130_000, orderNo: 'MT202611230001' },
}

export function specimenOf(name: Extract<SlipName, 'card' | 'scan' | 'cash'>): VoucherRecord {
  return SPECIMENS[name]
}
