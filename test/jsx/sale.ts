/** The bill of the four ways of writing: its data, and its tree in builders. */

import { columns, cut, feed, field, group, qr, type Receipt, rule, text } from '../../src/index.js'
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
    group([qr(sale.code, { module: 6, level: 'Q', caption: '扫码开发票' })], { align: 'center' }),
    feed(2),
    cut(),
  ],
}
