/** The bill of the four ways of writing: its data, and its tree in builders. */

import {
  banner,
  box,
  columns,
  cut,
  feed,
  field,
  group,
  label,
  qr,
  type Receipt,
  row,
  rule,
  text,
} from '../../src/index.js'
import type { Sale } from './bill.js'

export const sale: Sale = {
  shop: '老城面馆',
  table: 'A06',
  member: true,
  items: [
    { name: '红烧牛肉面', qty: 2, sum: '56.00' },
    { name: '凉拌黄瓜', qty: 1, sum: '12.00' },
  ],
  total: '68.00',
  code: 'https://example.com/i/48',
}

export const built: Receipt = {
  title: '结账单',
  nodes: [
    text(sale.shop, { size: 2, bold: true, align: 'center' }),
    text('人民路店', { align: 'center' }),
    rule('=', { text: '结账单' }),
    field(`桌台 ${sale.table}`, '堂食'),
    columns(
      [{ width: '1fr' }, { width: 'auto', align: 'right' }, { width: 8, align: 'decimal' }],
      sale.items.map(({ name, qty, sum }) => [name, String(qty), sum]),
      {
        rules: ['header', 'footer'],
        header: ['品名', '数量', '金额'],
        footer: [
          { text: '合计', bold: true, span: 2 },
          { text: '68.00', bold: true },
        ],
      },
    ),
    text(['会员 ', { text: '金卡', inverse: true }, ' 已享优惠']),
    field('应收', ['￥', { text: sale.total, bold: true }], { leader: '.' }),
    rule(undefined, { line: 'dashed', thickness: 3 }),
    box(
      [
        field('桌号', sale.table),
        text(['原价 ', { text: '88.00', strike: true }], { margin: { top: 4 } }),
      ],
      { title: '堂食', border: 'double' },
    ),
    row(
      [
        { nodes: [qr(sale.code, { module: 4 })], width: 14 },
        { nodes: [text('扫码评价', { font: 'small' })], valign: 'middle' },
      ],
      { gap: 2 },
    ),
    banner(`谢谢 ${sale.shop}`, { fill: 'inverse' }),
    group([qr(sale.code, { module: 6, level: 'Q', caption: '扫码开发票' })], { align: 'center' }),
    feed(2),
    cut(),
  ],
}

export const builtTags: Receipt = {
  page: { heightMm: 30, widthMm: 40, gapMm: 2 },
  nodes: [
    ...sale.items.map(({ name, sum }) =>
      label([text(name, { size: 2 }), text(`￥${sum}`, { at: { xMm: 24, yMm: 25 } })], {
        valign: 'middle',
        fit: true,
      }),
    ),
    { kind: 'cut' },
  ],
}
