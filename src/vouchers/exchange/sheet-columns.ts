/** The columns of a workbook for people: the fields that an accountant looks for, with Chinese titles. */

import { yuanOf } from '../amount-text.js'
import { PAYMENTS } from '../slips/slip-data.js'
import { TRADE_TYPE_RULES, type TradeResult, type VoucherState } from '../trade-types.js'
import type { VoucherRecord } from '../voucher-record.js'

/** A cell with text, or with an amount in yuan with two decimals; undefined for an empty cell. */
export type SheetCell = { readonly text: string } | { readonly amount: string } | undefined

interface SheetColumn {
  readonly title: string
  /** Width of the column in characters. */
  readonly width: number
  cell(record: VoucherRecord): SheetCell
}

const RESULTS: Readonly<Record<TradeResult, string>> = {
  approved: '成功',
  declined: '拒绝',
  unknown: '未知',
  reversed: '冲正',
}

const STATES: Partial<Readonly<Record<VoucherState, string>>> = {
  effective: '有效',
  voided: '已撤销',
  'part-refunded': '部分退货',
  refunded: '已退货',
  open: '未完成',
  completed: '已完成',
}

function text(
  title: string,
  width: number,
  of: (record: VoucherRecord) => string | undefined,
): SheetColumn {
  return {
    title,
    width,
    cell(record) {
      const value = of(record)
      return value === undefined || value === '' ? undefined : { text: value }
    },
  }
}

function amount(title: string, of: (record: VoucherRecord) => number | undefined): SheetColumn {
  return {
    title,
    width: 14,
    cell(record) {
      const fen = of(record)
      return fen === undefined ? undefined : { amount: yuanOf(fen) }
    },
  }
}

/** The amount with its sign: negative if it goes back to the customer. */
function signed({ type }: VoucherRecord, fen: number | undefined): number | undefined {
  return fen === undefined || fen === 0 || TRADE_TYPE_RULES[type].direction >= 0 ? fen : -fen
}

export const SHEET_COLUMNS: readonly SheetColumn[] = [
  text('时间', 20, ({ at }) => at.slice(0, 19).replace('T', ' ')),
  text('营业日', 12, ({ businessDay }) => businessDay),
  text('商户编号', 18, ({ merchant }) => merchant?.no),
  text('终端', 12, ({ terminal }) => terminal),
  text('批次号', 9, ({ batch }) => batch),
  text('凭证号', 9, ({ voucher }) => voucher),
  text('交易类型', 14, ({ type }) => TRADE_TYPE_RULES[type].zh),
  text('支付方式', 12, ({ kind }) => PAYMENTS[kind].zh),
  text('结果', 8, ({ result }) => RESULTS[result]),
  text('状态', 10, ({ state }) => STATES[state] ?? state),
  amount('金额', (record) => signed(record, record.chargedFen)),
  amount('其中小费', (record) => signed(record, record.tipFen)),
  amount('可退金额', ({ refundableFen }) => refundableFen),
  amount('手续费', ({ feeFen }) => feeFen),
  text('卡号', 22, ({ panShown }) => panShown),
  text('发卡行', 14, ({ issuer }) => issuer),
  text('授权码', 10, ({ auth }) => auth),
  text('参考号', 16, ({ ref }) => ref),
  text('订单号', 24, ({ orderNo }) => orderNo),
  text('付款凭证号', 24, ({ payVoucher }) => payVoucher),
  text('操作员', 10, ({ operator }) => operator),
  text('授权人', 10, ({ approvedBy }) => approvedBy),
  text('原因', 20, ({ reason }) => reason),
  text('备注', 30, ({ remarks }) => remarks),
  text('原交易', 38, ({ originalId }) => originalId),
  text('编号', 38, ({ id }) => id),
]
