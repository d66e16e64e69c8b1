/** The words of slips: four example slips line for line, the exemptions, and each difference that a setting makes. */

import { beforeAll, describe, expect, test } from 'vitest'
import { paperToText, printBytes } from '../../src/entries/emulator.js'
import { compile, type Receipt } from '../../src/index.js'
import { generic58 } from '../../src/profiles/index.js'
import {
  checkReadySlip,
  DEFAULT_SETTINGS,
  makeSlip,
  readySlip,
  SLIP_TEMPLATES,
  type SlipTemplates,
} from '../../src/vouchers/index.js'
import { signatureOf } from '../../src/vouchers/slips/exemption.js'
import { markReadySlip } from '../../src/vouchers/slips/ready-slip.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import { settlementData, sheetOf, slipOf } from './slip-cases.js'
import { recordOf, slipTrades } from './slip-samples.js'

/** Lines as a person reads them: a gap of any width is one blank, a rule is `---`, and the tail behind the last line is left away. */
function linesOf(receipt: Receipt): readonly string[] {
  const paper = printBytes(compile(receipt, { profile: generic58 }).bytes, generic58)
  return readLines(paperToText(paper))
}

function readLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^-+$/, '---')
        .replace(/\s+/g, ' ')
        .replace(/(?<=[一-龥]) (?=[一-龥])/g, ''),
    )
    .filter((line) => line !== '')
}

const app = 'app 3.2.1'
const merchant = { name: 'merchant', number: 1, of: 2 } as const
const cardholder = { name: 'cardholder', number: 2, of: 2 } as const
const zh = { language: 'zh' } as const

describe('the example slips', () => {
  test('a sale by chip, the merchant’s copy', () => {
    expect(linesOf(slipOf('sale-card', { options: { copy: merchant, app } }))).toEqual(
      readLines(`
        银 联 签 购 单
--------------------------------
商户存根           MERCHANT COPY
--------------------------------
商户名称 MERCHANT NAME:
老城面馆人民路店
商户编号 MERCHANT NO:
898110058120001
终端编号:10023456    操作员号:01
发卡行:工商银行  收单行:示例收单
卡号 CARD NO:
622202******0012  /I
交易类型 TXN TYPE:
消费 SALE
有效期:2031/08        卡组织:CUP
批次号:000017      凭证号:000236
授权码:A12345
参考号:112308456701
日期/时间 DATE/TIME:
2026-11-23 12:08:31
金额 AMOUNT:
                    RMB 1,286.00
--------------------------------
备注 REFERENCE:
ARQC:5A6B7C8D9E0F1A2B
AID:A000000333010101
TVR:0000008000          TSI:E800
ATC:00A7       APPLAB:PBOC DEBIT
--------------------------------
持卡人签名
CARDHOLDER SIGNATURE:
--------------------------------
本人确认以上交易，同意将其记入本
卡账户
I ACKNOWLEDGE SATISFACTORY
RECEIPT OF RELATIVE
GOODS/SERVICES
--------------------------------
app 3.2.1 第1联/共2联`),
    )
  })

  test('a void, the cardholder’s copy, printed again', () => {
    const reprint = { at: '2026-11-23T13:46:00+08:00', count: 2, uncertain: false }
    const slip = slipOf('void-card', { settings: zh, options: { copy: cardholder, reprint } })
    expect(linesOf(slip)).toEqual(
      readLines(`
        银 联 签 购 单
--------------------------------
持卡人存根       CARDHOLDER COPY
 *** 重打印凭证 DUPLICATED ***
--------------------------------
商户名称:老城面馆人民路店
商户编号:898110058120001
终端编号:10023456    操作员号:01
发卡行:工商银行  收单行:示例收单
卡号:622202******0012 /I
交易类型:消费撤销 VOID
有效期:2031/08        卡组织:CUP
批次号:000017      凭证号:000241
授权码:A12345
参考号:112308467788
日期/时间:2026-11-23 13:40:02
金额:              RMB -1,286.00
--------------------------------
备注 REFERENCE:
原凭证号:000236
--------------------------------
           请妥善保管
重打印:2026-11-23 13:46 第2次`),
    )
  })

  test('a scan sale, the merchant’s copy', () => {
    const trade = { voucher: '237' } as const
    const slip = slipOf('scan-sale-wechat', {
      trade,
      settings: { ...zh, fields: { orderNo: false } },
    })
    expect(linesOf(slip)).toEqual(
      readLines(`
        扫 码 签 购 单
--------------------------------
商户存根           MERCHANT COPY
--------------------------------
商户名称:老城面馆人民路店
商户编号:898110058120001
终端编号:10023456    操作员号:01
支付方式:微信支付
交易类型:扫码消费
付款码:1345**********6789
付款凭证号:
20261123121544000123
批次号:000017      凭证号:000237
日期/时间:2026-11-23 12:15:44
订单金额:              RMB 88.00
商家优惠:              RMB -5.00
实付金额:              RMB 83.00
--------------------------------
20261123121544000123
        扫码交易，免签名
--------------------------------
备注 REFERENCE:
第1联/共2联`),
    )
  })

  test('a settlement', () => {
    expect(linesOf(sheetOf('settlement', settlementData))).toEqual(
      readLines(`
         结 算 总 计 单
--------------------------------
商户编号:898110058120001
终端编号:10023456    操作员号:01
批次号:000017
日期/时间:2026-11-23 22:01:10
--------------------------------
类型       笔数             金额
--------------------------------
内卡:对账平
消费         12         8,934.50
消费撤销      1        -1,286.00
退货          1           -68.00
预授权完成    0             0.00
外卡:对账平
消费          0             0.00
扫码:
扫码消费     31         2,204.10
扫码退款      1           -26.00
--------------------------------`),
    )
  })
})

describe('signature and exemption', () => {
  const limits = { signLimitFen: 100000, pinLimitFen: 30000 }
  test.each([
    ['none', 'sale-card', {}, '', true],
    ['CDCVM', 'sale-card', { noSign: true, cdcvm: true }, '移动设备已验证用户，免密免签', false],
    ['CDCVM', 'sale-card', { noPin: true, cdcvm: true }, '移动设备已验证用户，免密免签', false],
    ['no PIN', 'sale-card', { noPin: true }, '交易金额未超300.00元，无需输密', true],
    ['no signature', 'sale-card', { noSign: true }, '交易金额未超1000.00元，免签名', false],
    ['both', 'sale-card', { noSign: true, noPin: true }, '交易金额未超300.00元，免密免签', false],
    ['purse', 'ec-sale-ec', {}, '电子现金交易，无需签名', false],
    ['scan', 'scan-sale-alipay', {}, '扫码交易，免签名', false],
    ['cash', 'sale-cash', {}, '', false],
  ])('%s on %s with %j', (_, name, cvm, text, signed) => {
    const trade = { cvm: { ...cvm, ...limits } } as const
    expect(signatureOf(recordOf({ ...slipTrades[name], ...trade } as never))).toEqual({
      signed,
      text,
    })
    const lines = linesOf(slipOf(name, { trade }))
    expect(lines.includes('持卡人签名')).toBe(signed)
    if (text !== '') expect(lines).toContain(text)
    expect(linesOf(slipOf(name, { trade, options: { copy: cardholder } }))).not.toContain(
      '持卡人签名',
    )
  })

  test('without limits in the trade none is claimed', () => {
    const cvm = { noSign: true, noPin: true }
    expect(linesOf(slipOf('sale-card', { trade: { cvm } }))).toContain('免密免签')
  })
})

describe('settings of slips', () => {
  const entries = [
    ['letter', 'pan', '卡号:622202******0012 I'],
    ['slash', 'pan', '卡号:622202******0012 /I'],
    ['brackets', 'pan', '卡号:622202******0012(I)'],
    ['slash', 'type', '交易类型:消费 SALE /I'],
    ['brackets', 'type', '交易类型:消费 SALE(I)'],
  ] as const
  test.each(entries)('the entry letter as %s behind the %s', (entryForm, entryPlace, line) => {
    const lines = linesOf(slipOf('sale-card', { settings: { ...zh, entryForm, entryPlace } }))
    expect(lines).toContain(line)
    expect(lines.filter((one) => /\/I|\(I\)| I$/.test(one))).toEqual([line])
  })

  test('voids without the minus', () => {
    const lines = linesOf(slipOf('void-card', { settings: { ...zh, minus: false } }))
    expect(lines).toContain('金额: RMB 1,286.00')
  })

  test('less of the card number for one type', () => {
    const settings = { ...zh, masking: { sale: 'last4' } } as const
    expect(linesOf(slipOf('sale-card', { settings }))).toContain('卡号:************0012 /I')
    expect(linesOf(slipOf('void-card', { settings }))).toContain('卡号:622202******0012 /I')
  })

  test('blocks left away', () => {
    const fields = { emv: false, banks: false, expiry: false, footer: false }
    const trade = { merchant: { no: '898110058120001', name: '面馆', address: '人民路12号' } }
    const settings = { ...zh, fields }
    const options = { copy: cardholder }
    const lines = linesOf(slipOf('sale-card', { settings, options, trade })).join('\n')
    expect(lines).not.toMatch(/ARQC|发卡行|有效期|请妥善保管/)
    expect(lines).toContain('商户地址:人民路12号')
    expect(
      linesOf(slipOf('sale-card', { settings: { ...zh, fields: { address: false } }, trade })),
    ).not.toContain('商户地址:人民路12号')
  })

  test('a card of another scheme has no slip of UnionPay', () => {
    expect(linesOf(slipOf('sale-card', { trade: { scheme: 'VISA' } }))[0]).toMatch(/^POS ?签购单$/)
  })
})

describe('the original', () => {
  test('that was named by its id is shown by its numbers', () => {
    const id = '019ab000-0000-7000-8000-000000000009'
    const original = recordOf({ ...slipTrades['sale-card'], batch: '16' } as never)
    const record = {
      ...recordOf({ ...slipTrades['void-card'], original: { id } } as never),
      originalId: id,
    }
    const lines = linesOf(makeSlip(record, DEFAULT_SETTINGS, { copy: merchant, original }))
    expect(lines.filter((line) => line.startsWith('原'))).toEqual([
      '原批次号:000016',
      '原凭证号:000236',
    ])
  })

  test('that this store has not seen is marked', () => {
    const trade = { approvedBy: '王经理', reason: '原交易在旧系统' }
    expect(linesOf(slipOf('refund-card', { trade }))).toContain('原交易不在本机，授权人:王经理')
  })
})

describe('a ready-made slip', () => {
  const text = '  签购单\r\n金额:    RMB 12.00\n\n持卡人签名:\n\n'

  test('is printed as it is', () => {
    const { bytes } = compile(readySlip(text), { profile: generic58 })
    expect(paperToText(printBytes(bytes, generic58)).trimEnd()).toBe(
      '  签购单\n金额:    RMB 12.00\n持卡人签名:',
    )
  })

  test('names the lines that are wider than the paper, and prints them whole', async () => {
    const wide = `${text}${'0123456789'.repeat(4)}\n短`
    expect(await checkReadySlip(wide, generic58)).toMatchObject([
      { code: 'LINE_WRAPPED', path: 'text:6' },
    ])
    expect(await checkReadySlip(text, generic58)).toEqual([])
    const lines = linesOf(readySlip(wide))
    expect(lines.slice(-3)).toEqual(['01234567890123456789012345678901', '23456789', '短'])
  })

  test('is headed if it is printed again', () => {
    const reprint = { at: '2026-11-23T13:46:00+08:00', count: 1, uncertain: true }
    expect(linesOf(markReadySlip(readySlip(text), reprint)).slice(0, 3)).toEqual([
      '*** 重打印凭证 DUPLICATED ***',
      '重打印:2026-11-23 13:46 第1次',
      '前一次打印结果不确定，请核对是否',
    ])
  })

  test('of blanks alone is refused', () => {
    expect(() => readySlip(' \n ')).toThrow(expect.objectContaining({ code: 'TEXT_INVALID' }))
  })
})

test('a shop changes a copy of a template', () => {
  const copy = structuredClone(SLIP_TEMPLATES.cash) as { nodes: object[] }
  copy.nodes.splice(-1, 0, { kind: 'text', text: '谢谢惠顾 {{ merchant.name }}' })
  const templates: SlipTemplates = { cash: copy }
  const record = recordOf(slipTrades['sale-cash'] as never)
  const slip = makeSlip(record, DEFAULT_SETTINGS, { copy: merchant }, templates)
  expect(linesOf(slip).at(-1)).toBe('谢谢惠顾老城面馆人民路店')
})

describe('the code of a slip', () => {
  beforeAll(prepareReader)

  test.each([
    ['Code128', { payVoucher: '4200002345202611231234567890' }],
    ['QRCode', { payVoucher: 'P'.repeat(40) }],
    ['QRCode', { payVoucher: '42000023452026112312345678901' }],
    ['QRCode', { terminal: 'A1B2C3D4E5F6G7H8J9K0' }],
    ['Code128', { terminal: '10023456' }],
    ['Code128', { terminal: 'AB345678' }],
  ])('is a %s on 58 mm for %j', async (format, trade) => {
    const name = 'terminal' in trade ? 'sale-card' : 'scan-sale-wechat'
    const { bytes, diagnostics } = compile(slipOf(name, { trade }), { profile: generic58 })
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([])
    const [read] = await readCodes(printBytes(bytes, generic58).bitmap)
    const code = 'terminal' in trade ? `${trade.terminal}000017000236` : trade.payVoucher
    expect([read?.format, read?.text]).toEqual([format, code])
  })
})
