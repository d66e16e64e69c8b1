/** A settled batch, its detail and the report of its day, for the goldens: the sums are written out, and not computed. */

import type { Receipt } from '../../src/index.js'
import type { DayReport, Settlement } from '../../src/vouchers/index.js'
import { DEFAULT_SETTINGS } from '../../src/vouchers/settings.js'
import { detailSlips, reportSlip, settlementSlip } from '../../src/vouchers/slips/closing-slips.js'
import type { TradeInput } from '../../src/vouchers/trade.js'
import { recordOf, slipTrades } from './slip-samples.js'

const settings = {
  ...DEFAULT_SETTINGS,
  merchant: { no: '898110058120001', name: '老城面馆人民路店' },
}
const seal = '9f2c41d07ab36e58a1c4f00d5b7e21930c64d8fe72ab19450b3d6c8e9f01a2b3'
const id = '019ab000-0000-7000-8000-000000000001'

const settlement: Settlement = {
  merchantNo: '898110058120001',
  terminal: '10023456',
  batch: '000017',
  at: '2026-11-23T22:01:10+08:00',
  by: '01',
  sections: [
    {
      name: 'domestic',
      totals: [
        { type: 'sale', count: 12, fen: 893_450 },
        { type: 'void', count: 1, fen: -128_600 },
      ],
      host: { salesCount: 11, salesFen: 888_350, refundsCount: 1, refundsFen: 128_600 },
      outcome: 'unbalanced',
    },
    {
      name: 'foreign',
      totals: [{ type: 'sale', count: 1, fen: 45_000 }],
      host: { salesCount: 1, salesFen: 45_000, refundsCount: 0, refundsFen: 0 },
      outcome: 'balanced',
    },
    { name: 'scan', totals: [{ type: 'scan-sale', count: 31, fen: 220_410 }] },
    { name: 'cash', totals: [{ type: 'sale', count: 8, fen: 40_800 }] },
  ],
  count: 53,
  fen: 1_071_060,
  feeFen: 0,
  unknown: [{ id, batch: '000017', voucher: '000243', type: 'sale', fen: 4500 }],
  late: [{ id, batch: '000016', voucher: '000099', type: 'scan-refund', fen: -1200 }],
  seal,
  repeated: false,
}

const report: DayReport = {
  day: '2026-11-23',
  at: '2026-11-24T00:05:00+08:00',
  by: '01',
  sections: [
    {
      name: 'domestic',
      totals: [
        { type: 'sale', count: 12, fen: 893_450 },
        { type: 'void', count: 1, fen: -128_600 },
      ],
    },
    { name: 'foreign', totals: [{ type: 'sale', count: 1, fen: 45_000 }] },
    { name: 'scan', totals: [{ type: 'scan-sale', count: 31, fen: 220_410 }] },
    { name: 'cash', totals: [{ type: 'sale', count: 8, fen: 40_800 }] },
  ],
  kinds: [
    {
      name: 'card',
      totals: [
        { type: 'sale', count: 13, fen: 938_450 },
        { type: 'void', count: 1, fen: -128_600 },
      ],
    },
    { name: 'alipay', totals: [{ type: 'scan-sale', count: 11, fen: 100_410 }] },
    { name: 'wechat', totals: [{ type: 'scan-sale', count: 20, fen: 120_000 }] },
    { name: 'cash', totals: [{ type: 'sale', count: 8, fen: 40_800 }] },
  ],
  operators: [
    { name: '01', totals: [{ type: 'sale', count: 22, fen: 850_650 }] },
    { name: '02', totals: [{ type: 'scan-sale', count: 31, fen: 220_410 }] },
  ],
  count: 53,
  fen: 1_071_060,
  feeFen: 5467,
  unknownCount: 1,
  replaces: '2026-11-23T22:15:04+08:00',
  seal,
  repeated: false,
}

const trade = (name: string, voucher: string) =>
  recordOf({ ...(slipTrades[name] as TradeInput), batch: '17', voucher })

const detail = detailSlips(
  {
    merchantNo: '898110058120001',
    terminal: '10023456',
    batch: '000017',
    vouchers: [
      trade('sale-card', '236'),
      trade('scan-sale-wechat', '237'),
      trade('sale-cash', '238'),
      trade('preauth-card', '301'),
      trade('refund-card', '302'),
    ],
  },
  settings,
)

/** The slips of a detail follow each other without a gap, so here they are one paper. */
export const closingSamples: readonly (readonly [string, Receipt])[] = [
  ['settlement-host', settlementSlip(settlement, settings)],
  ['detail-batch', { ...detail[0], nodes: detail.flatMap(({ nodes }) => nodes) }],
  ['report-day', reportSlip(report, settings)],
]
