/** The slips that the goldens show: every type and kind once, and each difference that a copy, a setting or an odd amount makes. */

import { readFileSync } from 'node:fs'
import { loadImage } from '../../src/images/load.js'
import type { Pixels, Receipt } from '../../src/index.js'
import { bindValue } from '../../src/template/bind.js'
import { DEFAULT_SETTINGS, type Settings } from '../../src/vouchers/settings.js'
import { makeSlip } from '../../src/vouchers/slips/make-slip.js'
import type { SlipOptions } from '../../src/vouchers/slips/slip-data.js'
import { SLIP_TEMPLATES, type SlipName } from '../../src/vouchers/slips/templates.js'
import type { TradeInput } from '../../src/vouchers/trade.js'
import { closingSamples } from './closing-samples.js'
import { recordOf, slipNames, slipTrades } from './slip-samples.js'

export interface SlipCase {
  readonly name: string
  readonly receipt: Receipt
  readonly images: Readonly<Record<string, Pixels>>
}

const images = {
  'logo.png': await loadImage(
    readFileSync(new URL('../../fixtures/receipts/logo.png', import.meta.url)),
  ),
}

const MERCHANT = { copy: { name: 'merchant', number: 1, of: 2 } } as const
const CUSTOMER = { copy: { name: 'cardholder', number: 2, of: 2 } } as const

interface SlipChange {
  readonly trade?: Partial<TradeInput>
  readonly settings?: Partial<Settings>
  readonly options?: SlipOptions
}

/** The slip of the sample `name`, with what is changed about it. */
export function slipOf(name: string, { trade, settings, options }: SlipChange = {}): Receipt {
  const record = recordOf({ ...(slipTrades[name] as TradeInput), ...trade } as TradeInput)
  return makeSlip(record, { ...DEFAULT_SETTINGS, ...settings }, options ?? MERCHANT)
}

/** The slip of a batch or a day from data of its own. */
export function sheetOf(name: SlipName, data: object): Receipt {
  return bindValue(SLIP_TEMPLATES[name], data) as Receipt
}

const shop = { no: '898110058120001', name: '老城面馆人民路店' }

export const settlementData = {
  merchant: shop,
  terminal: '10023456',
  operator: '01',
  batch: '000017',
  at: '2026-11-23T22:01:10+08:00',
  sections: [
    {
      name: '内卡',
      result: '对账平',
      totals: [
        { type: '消费', count: 12, fen: 893450 },
        { type: '消费撤销', count: 1, fen: -128600 },
        { type: '退货', count: 1, fen: -6800 },
        { type: '预授权完成', count: 0, fen: 0 },
      ],
    },
    { name: '外卡', result: '对账平', totals: [{ type: '消费', count: 0, fen: 0 }] },
    {
      name: '扫码',
      result: '',
      totals: [
        { type: '扫码消费', count: 31, fen: 220410 },
        { type: '扫码退款', count: 1, fen: -2600 },
      ],
    },
  ],
  code: '10023456000017',
}

const settlementFull = {
  ...settlementData,
  open: {
    unknown: [{ voucher: '000243', type: '消费', fen: 4500 }],
    late: [{ batch: '000016', voucher: '000099', type: '扫码退款', fen: -1200 }],
  },
  seal: '9f2c41d07ab36e58',
  sections: [
    {
      name: '内卡',
      result: '对账不平',
      totals: [
        { type: '消费', count: 12345, fen: 999999999999 },
        { type: '预授权完成撤销', count: 3, fen: -999999999999 },
      ],
    },
  ],
}

const detailData = {
  merchant: shop,
  terminal: '10023456',
  batch: '000017',
  first: true,
  last: true,
  count: 3,
  code: '10023456000017',
  trades: [
    { voucher: '000236', letter: 'S', auth: 'A12345', pan: '622202******0012', fen: 128600 },
    { voucher: '000237', letter: 'S', auth: '', pan: '', fen: 8300 },
    { voucher: '000243', letter: 'R', auth: '', pan: '622202******0012', fen: -999999999999 },
  ],
}

const reportData = {
  merchant: shop,
  day: '2026-11-23',
  replaces: '2026-11-23 22:15',
  sections: [
    {
      name: '银行卡',
      totals: [
        { type: '消费', count: 12, fen: 893450 },
        { type: '消费撤销', count: 1, fen: -128600 },
      ],
    },
    { name: '微信支付', totals: [{ type: '扫码消费', count: 31, fen: 220410 }] },
    {
      name: '现金',
      totals: [
        { type: '消费', count: 15, fen: 114200 },
        { type: '退货', count: 1, fen: -1200 },
      ],
    },
  ],
  totalFen: 1098260,
  unknownCount: 1,
  seal: '9f2c41d07ab36e58',
  at: '2026-11-24T00:05:00+08:00',
  code: '20261123',
}

const REPRINT = { at: '2026-11-23T13:46:00+08:00', count: 2, uncertain: false } as const

const variants: readonly (readonly [string, Receipt])[] = [
  ['sale-card-cardholder', slipOf('sale-card', { options: CUSTOMER })],
  [
    'sale-card-bank',
    slipOf('sale-card', {
      options: { copy: { name: 'bank', number: 3, of: 3 }, app: 'app 3.2.1' },
    }),
  ],
  ['sale-card-zh', slipOf('sale-card', { settings: { language: 'zh' } })],
  [
    'sale-card-logo-advert',
    slipOf('sale-card', {
      settings: { logo: 'logo.png', advertQr: 'https://example.com/m/8981', language: 'zh' },
      options: CUSTOMER,
    }),
  ],
  [
    'sale-card-tip',
    slipOf('sale-card', {
      trade: {
        tipFen: 10000,
        remarks: '2号包间，含服务费',
        cvm: { noSign: true, noPin: true, signLimitFen: 100000, pinLimitFen: 30000 },
      },
    }),
  ],
  [
    'sale-card-largest',
    slipOf('sale-card', {
      trade: {
        fen: 999_999_999_998,
        tipFen: 1,
        orderFen: 999_999_999_999,
        discountFen: 1,
        merchant: {
          no: '898110058120001',
          name: '北京市朝阳区老城面馆餐饮管理有限公司人民路第一百二十三号旗舰店（二层）一部',
        },
        issuer: '中国邮政储蓄银行股份有限公司北京分行',
        acquirer: '银联商务股份有限公司北京分公司',
      },
    }),
  ],
  [
    'refund-card-largest',
    slipOf('refund-card', { trade: { fen: 999_999_999_999 }, settings: { language: 'zh' } }),
  ],
  [
    'void-card-reprint',
    slipOf('void-card', {
      settings: { language: 'zh' },
      options: { ...CUSTOMER, reprint: { ...REPRINT, uncertain: true } },
    }),
  ],
  ['scan-sale-wechat-customer', slipOf('scan-sale-wechat', { options: CUSTOMER })],
  [
    'scan-sale-alipay-reprint',
    slipOf('scan-sale-alipay', { options: { ...MERCHANT, reprint: REPRINT } }),
  ],
  ['sale-cash-customer', slipOf('sale-cash', { options: CUSTOMER })],
  ['sale-cash-reprint', slipOf('sale-cash', { options: { ...CUSTOMER, reprint: REPRINT } })],
  ['settlement', sheetOf('settlement', settlementData)],
  ['settlement-open', sheetOf('settlement', settlementFull)],
  ['detail', sheetOf('detail', detailData)],
  ['report', sheetOf('report', reportData)],
  ...closingSamples,
]

export const slipCases: readonly SlipCase[] = [
  ...slipNames.map((name) => [name, slipOf(name)] as const),
  ...variants,
].map(([name, receipt]) => ({ name, receipt, images }))
