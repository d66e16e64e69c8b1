/** The slips of a batch and of a day: settlement (结算总计单), detail (交易明细) and report (营业日报). */

import type { Receipt } from '../../elements/nodes.js'
import { bind } from '../../template/bind.js'
import type { Template } from '../../template/types.js'
import type { BatchDetail, VoucherRecord } from '../archive.js'
import type { DayReport } from '../day-report.js'
import { shownSeal } from '../seal.js'
import type { TypeTotal } from '../sections.js'
import type { Settings } from '../settings.js'
import {
  type HostTotals,
  type OpenTrade,
  type Reconciliation,
  SECTION_TITLES,
  type Settlement,
  type SettlementSection,
} from '../settlement.js'
import { signedFen } from '../totals.js'
import { TRADE_TYPE_RULES, type TradeType } from '../trade-types.js'
import { PAYMENTS } from './slip-data.js'
import type { SlipTemplates } from './templates.js'
import { SLIP_TEMPLATES } from './templates.js'

/** 对账平, 对账不平, 对账出错: printed only if the host's totals were given. */
const OUTCOMES: Readonly<Record<Reconciliation, string>> = {
  balanced: '对账平',
  unbalanced: '对账不平',
  failed: '对账出错',
}

/**
 * Makes the slip of a settlement, with its seal at the end.
 * @example
 * const at = { now: new Date('2026-11-23T22:00:00+08:00'), by: '01' }
 * const settlement = await archive.settle({ terminal: record.terminal }, at)
 * const slip = settlementSlip(settlement, await archive.settings(record.terminal))
 * slip.nodes.length > 3 // true
 */
export function settlementSlip(
  settlement: Settlement,
  settings: Settings,
  templates: SlipTemplates = {},
): Receipt {
  const { terminal, batch, at, by, sections, unknown, late, merchantNo } = settlement
  const template = (templates.settlement ?? SLIP_TEMPLATES.settlement) as Template
  return bind(template, {
    merchant: { name: settings.merchant?.name ?? '', no: merchantNo },
    terminal,
    operator: by,
    batch,
    at,
    sections: sections.map(settlementSection),
    ...(unknown.length + late.length === 0
      ? {}
      : {
          open: {
            ...(unknown.length === 0 ? {} : { unknown: unknown.map(openTrade) }),
            ...(late.length === 0 ? {} : { late: late.map(openTrade) }),
          },
        }),
    ...sealOf(settlement),
    code: `${terminal}${batch}`,
  } as never)
}

function settlementSection({ name, totals, outcome, host }: SettlementSection): object {
  return {
    name: SECTION_TITLES[name],
    result: outcome === undefined ? '' : OUTCOMES[outcome],
    totals: totals.map(totalRow),
    ...(outcome === 'unbalanced' ? { host: hostRows(host as HostTotals) } : {}),
  }
}

/** The host's sums, if they differ from ours, so that the two can be compared on the paper. */
function hostRows(host: HostTotals): readonly object[] {
  if (host === 'error') return []
  const { salesCount, salesFen, refundsCount, refundsFen } = host
  return [
    { type: '主机消费', count: salesCount, fen: salesFen },
    { type: '主机退回', count: refundsCount, fen: refundsFen === 0 ? 0 : -refundsFen },
  ]
}

function openTrade({ batch, voucher, type, fen }: OpenTrade): object {
  return { batch, voucher, type: TRADE_TYPE_RULES[type].zh, fen }
}

function totalRow({ type, count, fen }: TypeTotal): object {
  return { type: TRADE_TYPE_RULES[type].zh, count, fen }
}

function sealOf({ seal }: { readonly seal: string }): { readonly seal?: string } {
  return seal === '' ? {} : { seal: shownSeal({ seal }) }
}

/** Letters for the types of trades in a detail, because their words do not fit beside number and amount. */
const LETTERS: Readonly<Partial<Record<TradeType, string>>> = {
  sale: 'S',
  installment: 'S',
  refund: 'R',
  'scan-refund': 'R',
  preauth: 'P',
  'preauth-add': 'P',
  'preauth-complete': 'C',
  'ec-sale': 'E',
  'ec-load': 'E',
  'scan-sale': 'Q',
}
const LETTER_KEY = 'S消费 R退货 P预授权 C预授权完成 E电子现金 Q扫码'

/**
 * Makes the slips of a batch's detail, one for each trade, so that printing can be stopped between two of them. They print as one paper:
 * the first one has the head, and the last one the count, the sum and the cut.
 *
 * @example
 * const detail = await archive.detail({ terminal: record.terminal })
 * const slips = detailSlips(detail, await archive.settings(record.terminal))
 * slips.length // 1
 */
export function detailSlips(
  detail: BatchDetail,
  settings: Settings,
  templates: SlipTemplates = {},
): readonly Receipt[] {
  const { merchantNo, terminal, batch } = detail
  // A balance enquiry moves no money, so the detail leaves it out.
  const vouchers = detail.vouchers.filter(({ type }) => type !== 'balance')
  const template = (templates.detail ?? SLIP_TEMPLATES.detail) as Template
  const isMoving = vouchers.every(({ type }) => TRADE_TYPE_RULES[type].direction !== 0)
  const pages: readonly (VoucherRecord | undefined)[] =
    vouchers.length === 0 ? [undefined] : vouchers
  return pages.map((voucher, index) =>
    bind(template, {
      merchant: { name: settings.merchant?.name ?? '', no: merchantNo },
      terminal,
      batch,
      first: index === 0,
      last: index === pages.length - 1,
      trades: voucher === undefined ? [] : [detailRow(voucher)],
      count: vouchers.length,
      totalFen: vouchers.reduce((all, one) => all + movedFen(one), 0),
      key: isMoving ? LETTER_KEY : `${LETTER_KEY}\n预授权和充值不计入合计`,
      code: `${terminal}${batch}`,
    } as never),
  )
}

function detailRow(voucher: VoucherRecord): object {
  const { type, auth = '', panShown = '', chargedFen } = voucher
  const isMoved = TRADE_TYPE_RULES[type].direction !== 0
  return {
    voucher: voucher.voucher,
    letter: LETTERS[type] ?? '',
    auth,
    pan: panShown,
    fen: isMoved ? movedFen(voucher) : chargedFen,
  }
}

function movedFen({ type, chargedFen }: VoucherRecord): number {
  return signedFen({ type, fen: chargedFen })
}

/**
 * Makes the slip of a day's report, with its seal at the end. It is for the merchant, so it shows the fees.
 * @example
 * const now = new Date('2026-11-23T22:00:00+08:00')
 * const report = await archive.report(record.businessDay, { now, by: '01' })
 * reportSlip(report, await archive.settings()).nodes.length > 3 // true
 */
export function reportSlip(
  report: DayReport,
  settings: Settings,
  templates: SlipTemplates = {},
): Receipt {
  const { day, at, count, fen, feeFen, unknownCount, replaces } = report
  const template = (templates.report ?? SLIP_TEMPLATES.report) as Template
  return bind(template, {
    merchant: settings.merchant ?? { name: '', no: '' },
    day,
    at,
    ...(replaces === undefined ? {} : { replaces: replaces.slice(0, 16).replace('T', ' ') }),
    sections: reportSections(report),
    count,
    totalFen: fen,
    ...(feeFen === 0 ? {} : { feeFen }),
    ...(unknownCount === 0 ? {} : { unknownCount }),
    ...sealOf(report),
    code: day.replaceAll('-', ''),
  } as never)
}

function reportSections({ sections, kinds, operators }: DayReport): readonly object[] {
  const cards = sections
    .filter(({ name }) => name === 'domestic' || name === 'foreign')
    .map(({ name, totals }) => ({
      name: `${PAYMENTS.card.zh} ${SECTION_TITLES[name]}`,
      totals: totals.map(totalRow),
    }))
  const others = kinds
    .filter(({ name }) => name !== 'card')
    .map(({ name, totals }) => ({ name: PAYMENTS[name].zh, totals: totals.map(totalRow) }))
  const byOperator = operators.map(({ name, totals }) => ({
    type: name,
    count: totals.reduce((all, total) => all + total.count, 0),
    fen: totals.reduce((all, total) => all + total.fen, 0),
  }))
  const perOperator = byOperator.length === 0 ? [] : [{ name: '按操作员', totals: byOperator }]
  return [...cards, ...others, ...perOperator]
}
