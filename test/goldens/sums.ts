/** The amounts that each receipt of the gallery must show by their labels, computed from its articles: in fen, or as digits. */

// biome-ignore lint/suspicious/noExplicitAny: the data of forty receipts have forty shapes.
type Data = any
type Sums = Readonly<Record<string, number>>

const total = (lines: readonly Data[], field = 'amountFen'): number =>
  lines.reduce((sum, line) => sum + (line[field] ?? 0), 0)
/** Digits of a written amount: `1.062,00` is 106200. */
const digits = (text: string): number => Number(text.replaceAll(/[.,]/g, ''))
const written = (lines: readonly Data[]): number =>
  lines.reduce((sum, line) => sum + digits(line.amount), 0)
/** The tax that a gross amount holds. */
const taxIn = (gross: number, percent: number): number =>
  Math.round((gross * percent) / (100 + percent))

function delivery(goods: number, data: Data): number {
  return goods + total(data.fees)
}

/** Amounts that are not the sum of anything else must still be on the paper as they are in the data. */
const asGiven =
  (label: string) =>
  (data: Data): Sums => ({ [label]: data.amountFen })

export const sums: Readonly<Record<string, (data: Data) => Sums>> = {
  'amount-words': (d) => ({ 小写: total(d.items, 'fen') }),
  'bound-fields': (d) => {
    const sum = total(d.items, 'fen')
    return { 合计: sum, 应付: sum - Math.round((sum * 8) / 100) }
  },
  'card-refund': (d) => ({
    '退货金额 AMOUNT:': d.amountFen,
    原交易金额: d.original.amountFen,
    累计已退: d.amountFen,
    可退余额: d.original.amountFen + d.amountFen,
  }),
  cash: (d) => {
    const due = total(d.items) + total(d.discounts)
    return { 合计: total(d.items), 应收: due, 现金实收: d.paidFen, 找零: d.paidFen - due }
  },
  'cash-receipt': (d) => {
    const due = total(d.items) + total(d.discounts)
    return { 合计: total(d.items), 应收: due, 现金: d.paidFen, 找零: d.paidFen - due }
  },
  'cup-label': (d) => ({ [d.order]: d.cups[0].priceFen }),
  'daily-report': (d) => {
    const gross = total(d.categories)
    const net = total(d.payments)
    return {
      营业额: gross,
      折扣优惠: net - gross - d.summary.refundFen,
      实收: total(d.hours),
      客数: Math.round(net / d.summary.guests),
    }
  },
  'demo-sale': asGiven('金额 AMOUNT:'),
  deposit: () => ({}), // Quantities alone.
  'e-invoice': (d) => ({ 实付金额: d.paidFen, 开票金额: d.paidFen + total(d.exempt) }),
  'eleme-customer': (d) => ({
    商品金额: total(d.items),
    用户实付: delivery(total(d.items), d),
  }),
  'gas-station': (d) => ({ 实付: Math.round(d.priceFen * Number(d.litres)) + total(d.discounts) }),
  'lang-french': (d) => ({
    'TOTAL TTC': written(d.items),
    'dont TVA 10 %': taxIn(written(d.items), 10),
  }),
  'lang-german': (d) => ({
    SUMME: written(d.items),
    Rückgeld: digits(d.paid) - written(d.items),
    'A 19 %': written(d.items.filter((item: Data) => item.tax === 'A')),
    'B 7 %': written(d.items.filter((item: Data) => item.tax === 'B')),
  }),
  'lang-greek': (d) => ({
    ΣΥΝΟΛΟ: written(d.items),
    Ρέστα: digits(d.paid) - written(d.items),
    'ΦΠΑ 13 %': taxIn(written(d.items), 13),
  }),
  'lang-japanese': (d) => {
    const reduced = d.items.filter((item: Data) => item.mark === '※')
    const full = written(d.items) - written(reduced)
    return {
      小計: written(d.items),
      合計: written(d.items),
      '（税率 8％対象': written(reduced),
      // Japan drops fractions of a yen.
      '（内消費税等 8％': Math.floor((written(reduced) * 8) / 108),
      '（税率10％対象': full,
      '（内消費税等10％': Math.floor((full * 10) / 110),
      お釣り: digits(d.paid) - written(d.items),
    }
  },
  'lang-korean': (d) => ({
    과세물품가액: written(d.items) - taxIn(written(d.items), 10),
    부가세: taxIn(written(d.items), 10),
    합계: written(d.items),
  }),
  'lang-polish': (d) => {
    const gross = (letter: string) => written(d.items.filter((item: Data) => item.tax === letter))
    const [a, c] = [taxIn(gross('A'), 23), taxIn(gross('C'), 5)]
    return {
      'Sprzedaż opodatkowana A': gross('A'),
      'PTU A 23 %': a,
      'Sprzedaż opodatkowana C': gross('C'),
      'PTU C 5 %': c,
      'SUMA PTU': a + c,
      'SUMA PLN': gross('A') + gross('C'),
    }
  },
  'lang-russian': (d) => {
    const bag = d.items.filter((item: Data) => item.name.includes('пакет'))
    return {
      ИТОГ: written(d.items),
      'в т. ч. НДС 10 %': taxIn(written(d.items) - written(bag), 10),
      'в т. ч. НДС 20 %': taxIn(written(bag), 20),
    }
  },
  'lang-traditional-chinese': (d) => {
    const sum = written(d.items)
    return { 應稅銷售額: sum - taxIn(sum, 5), '營業稅 5％': taxIn(sum, 5), 總計: sum, 悠遊卡: sum }
  },
  'meituan-customer': (d) => {
    const goods = d.bags.reduce((sum: number, bag: Data) => sum + total(bag.items), 0)
    const saved = total(d.fees.filter((fee: Data) => fee.amountFen < 0))
    return { 原价: delivery(goods, d) - saved, 已优惠: saved, 实付: delivery(goods, d) }
  },
  'member-topup': (d) => ({
    本次入账: d.paidFen + d.giftFen,
    卡内余额: d.beforeFen + d.paidFen + d.giftFen,
  }),
  'no-signature': asGiven('金额 AMOUNT:'),
  pharmacy: (d) => {
    const due = total(d.items) + total(d.discounts)
    return { 合计: total(d.items), 应付: due, 微信支付: due - total(d.payments.slice(0, 2)) }
  },
  'pre-auth': asGiven('金额 AMOUNT:'),
  'pre-auth-complete': (d) => ({
    '完成金额 AMOUNT:': total(d.charges),
    解冻金额: d.original.amountFen - total(d.charges),
  }),
  refund: (d) => {
    const refund = total(d.items) + total(d.adjustments)
    return {
      商品小计: total(d.items),
      退款金额: refund,
      退后实付: d.original.paidFen + refund,
    }
  },
  'restaurant-bill': (d) => {
    const due = total(d.items) + total(d.discounts) + d.depositFen
    return { 合计: total(d.items), 应收: due, 找零: total(d.payments) - due }
  },
  sale: asGiven('金额 AMOUNT:'),
  'scan-customer': (d) => ({ 实付金额: d.orderFen + total(d.discounts) }),
  settlement: () => ({}),
  'shift-report': (d) => {
    const { drawer } = d
    const due =
      drawer.floatFen + drawer.salesFen + drawer.membersFen + drawer.depositFen + drawer.refundsFen
    return {
      收款净额: total(d.sales) + total(d.refunds),
      充值合计: total(d.members),
      应有现金: due,
      长短款: drawer.countedFen - due,
      上交现金: drawer.countedFen - drawer.leftFen,
    }
  },
  supermarket: (d) => {
    const due = total(d.items) + total(d.items, 'savedFen') + d.couponFen
    return {
      [`共${d.items.length}项`]: total(d.items),
      应收: due,
      微信支付: due - d.payments[0].amountFen,
    }
  },
  takeaway: (d) => {
    const goods = d.bags.reduce((sum: number, bag: Data) => sum + total(bag.items), 0)
    return { 商品总计: goods, 应收: delivery(goods, d), 实收: delivery(goods, d) }
  },
  // The label breaks the line elsewhere on narrow paper.
  'terms-slip': (d) => ({ '双人套餐（红烧牛肉面两': d.fen }),
  'void-reprint': asGiven('金额:'),
  waybill: (d) => {
    const further = (Number(d.charged) - d.firstKg) * d.perKgFen
    return { 续重: further, 运费合计: d.firstFen + further + total(d.fees) }
  },
  'wechat-scan': (d) => ({ '实付金额:': d.orderFen + d.discountFen }),
}
