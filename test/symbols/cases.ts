/** Every symbology with data that it can hold, for the scan tests and the table in docs/symbols.md. */

import type { ReceiptNode } from '../../src/elements/nodes.js'

export interface SymbolCase {
  readonly name: string
  /** What zxing calls it. */
  readonly formats: readonly string[]
  readonly data: string
  /** What a reader gives, where it is not the data. */
  readonly read?: string
  readonly node: (module: number) => ReceiptNode
  /** Small and large module in dots, by width of the paper. */
  readonly modules: Readonly<Record<384 | 576, readonly [number, number]>>
}

type Bars = Extract<ReceiptNode, { kind: 'barcode' }>

const both = (small: number, large: number) =>
  ({ 384: [small, large], 576: [small, large] }) as const

function bars(
  symbology: Bars['symbology'],
  data: string,
  formats: readonly string[],
  modules: SymbolCase['modules'],
  more: Partial<SymbolCase> & { readonly fields?: Partial<Bars> } = {},
): SymbolCase {
  const { fields, ...rest } = more
  return {
    name: symbology,
    formats,
    data,
    node: (module) => ({ kind: 'barcode', symbology, data, module, ...fields }),
    modules,
    ...rest,
  }
}

const gtin = '0952123454321'
const gs1 = '(01)09521234543213'

export const symbolCases: readonly SymbolCase[] = [
  bars('upca', '01234567890', ['UPCA', 'EAN13'], both(2, 3), { read: '0012345678905' }),
  bars('upce', '01234565', ['UPCE'], both(2, 4), { read: '0012345000065' }),
  bars('ean13', '690123456789', ['EAN13'], both(2, 3), { read: '6901234567892' }),
  bars('ean8', '6901234', ['EAN8'], both(2, 4), { read: '69012341' }),
  bars('code39', 'A-12', ['Code39'], { 384: [2, 3], 576: [2, 4] }),
  bars('code93', 'Ab1', ['Code93'], { 384: [2, 3], 576: [2, 4] }),
  bars('code128', '20261123', ['Code128'], { 384: [2, 3], 576: [2, 5] }),
  bars(
    'code128',
    '20261123121544000123',
    ['Code128'],
    { 384: [2, 2], 576: [2, 3] },
    {
      name: 'code128, long',
    },
  ),
  bars('code128', 'a{2}\tB', ['Code128'], { 384: [2, 2], 576: [2, 3] }, { name: 'code128, mixed' }),
  bars('itf', '12345678', ['ITF'], { 384: [2, 3], 576: [2, 4] }),
  bars('codabar', 'A12-56B', ['Codabar'], { 384: [2, 3], 576: [2, 4] }),
  bars('gs1-128', '(10)A1(15)261123', ['Code128'], { 384: [2, 2], 576: [2, 3] }),
  bars('gs1-128', '(10)A1B', ['Code128'], { 384: [2, 3], 576: [2, 4] }, { name: 'gs1-128, short' }),
  bars('databar', gtin, ['DataBarOmni'], { 384: [2, 3], 576: [2, 4] }, { read: gs1 }),
  bars('databar-truncated', gtin, ['DataBarOmni'], { 384: [2, 3], 576: [2, 4] }, { read: gs1 }),
  bars('databar-limited', gtin, ['DataBarLtd'], { 384: [2, 4], 576: [3, 5] }, { read: gs1 }),
  bars('databar-expanded', gs1, ['DataBarExp'], { 384: [2, 2], 576: [2, 3] }),
  bars('databar-stacked', gtin, ['DataBarStk'], both(2, 4), { read: gs1 }),
  bars('databar-stacked-omni', gtin, ['DataBarStk'], both(2, 4), { read: gs1 }),
  bars('databar-expanded-stacked', `${gs1}(10)ABC123`, ['DataBarExpStk'], both(2, 3)),
  {
    name: 'qr, digits',
    formats: ['QRCode'],
    data: '20261123121544000123',
    node: (module) => ({ kind: 'qr', data: '20261123121544000123', module }),
    modules: both(3, 8),
  },
  {
    name: 'qr, ASCII',
    formats: ['QRCode'],
    data: 'https://example.com/i/48?a=1',
    node: (module) => ({ kind: 'qr', data: 'https://example.com/i/48?a=1', module }),
    modules: both(3, 8),
  },
  {
    name: 'qr, Chinese',
    formats: ['QRCode'],
    data: '微信支付 订单😀',
    node: (module) => ({ kind: 'qr', data: '微信支付 订单😀', module, level: 'Q' }),
    modules: both(3, 8),
  },
  {
    name: 'pdf417',
    formats: ['PDF417'],
    data: 'Receipt 000236',
    node: (module) => ({
      kind: 'symbol',
      symbology: 'pdf417',
      data: 'Receipt 000236',
      module,
      columns: 2,
    }),
    modules: both(2, 3),
  },
  {
    name: 'pdf417, Chinese',
    formats: ['PDF417'],
    data: '微信支付 订单',
    node: (module) => ({
      kind: 'symbol',
      symbology: 'pdf417',
      data: '微信支付 订单',
      module,
      columns: 2,
    }),
    modules: both(2, 3),
  },
  {
    name: 'datamatrix',
    formats: ['DataMatrix'],
    data: 'Receipt 000236',
    node: (module) => ({ kind: 'symbol', symbology: 'datamatrix', data: 'Receipt 000236', module }),
    modules: both(3, 6),
  },
  {
    name: 'datamatrix, Chinese',
    formats: ['DataMatrix'],
    data: '微信支付 订单',
    node: (module) => ({ kind: 'symbol', symbology: 'datamatrix', data: '微信支付 订单', module }),
    modules: both(3, 6),
  },
  {
    name: 'aztec',
    formats: ['Aztec'],
    data: 'Receipt 000236',
    node: (module) => ({ kind: 'symbol', symbology: 'aztec', data: 'Receipt 000236', module }),
    modules: both(3, 6),
  },
  {
    name: 'aztec, Chinese',
    formats: ['Aztec'],
    data: '微信支付 订单',
    node: (module) => ({ kind: 'symbol', symbology: 'aztec', data: '微信支付 订单', module }),
    modules: both(3, 6),
  },
  {
    name: 'maxicode',
    formats: ['MaxiCode'],
    data: 'RECEIPT 000236',
    node: () => ({ kind: 'symbol', symbology: 'maxicode', data: 'RECEIPT 000236' }),
    modules: both(1, 1),
  },
]
