/** The receipts that are compared, as plain data: blocks of text, label and value, rows, a code; and how each library prints them. */

const pair = (left, right) => ({ kind: 'pair', left, right })
const line = (text, more = {}) => ({ kind: 'text', text, align: 'left', size: 1, ...more })
const rule = { kind: 'rule' }
const title = { align: 'center', size: 2 }

const note =
  '本人确认以上交易，同意将其记入本卡账户。请妥善保管此签购单，如对交易有疑问请于三十日内凭本单联系发卡银行客服热线查询。' +
  '商户存根请至少保存两年备查，遗失不补。退货须凭原卡及原签购单到原商户办理，手续费不予退还。'

/** A card payment: 58 mm, 32 columns. */
const slip = {
  columns: 32,
  blocks: [
    line('老城面馆', title),
    line('签购单 商户存根', { align: 'center' }),
    rule,
    pair('商户名称', '老城面馆人民路店'),
    pair('商户编号', '898310058120043'),
    pair('终端编号', '50012387'),
    pair('发卡行', '招商银行'),
    pair('卡号', '622588******1234 /C'),
    pair('交易类型', '消费 SALE'),
    pair('批次号', '000127'),
    pair('凭证号', '003456'),
    pair('参考号', '142233889911'),
    pair('日期时间', '2026/11/23 14:22:33'),
    rule,
    line('RMB 1,288.00', { align: 'right', size: 2 }),
    rule,
    line(note),
    line('谢谢惠顾', { align: 'center' }),
    { kind: 'cut' },
  ],
}

const dishes = [
  '宫保鸡丁',
  '麻婆豆腐',
  '招牌特色秘制老坛酸菜鱼大份套餐',
  '可口可乐330ml',
  '青岛啤酒（纯生）500ml',
  '川味香辣小龙虾五斤装配手工面三份',
  '米饭',
  '手工红糖冰粉',
]

/** A restaurant's bill of so many rows: 80 mm, 48 columns, a QR code at the end. */
function bill(rows) {
  const items = Array.from({ length: rows }, (_, i) => {
    const quantity = 1 + ((i * 7) % 4)
    const fen = 300 + ((i * 1337) % 9000)
    const yuan = (amount) => (amount / 100).toFixed(2)
    return [dishes[i % dishes.length], String(quantity), yuan(fen), yuan(fen * quantity)]
  })
  return {
    columns: 48,
    blocks: [
      line('老城面馆', title),
      pair('台号: A12', '人数: 6'),
      pair('单号: 20261123000412', '收银: 王小明'),
      rule,
      { kind: 'rows', widths: [24, 6, 8, 10], rows: [['品名', '数量', '单价', '金额'], ...items] },
      rule,
      line('合计 2,345.00', { align: 'right', size: 2 }),
      { kind: 'qr', data: 'https://pay.example.com/r/20261123/A12/8f3c2d7e9b1a4c50?v=12' },
      { kind: 'cut' },
    ],
  }
}

export const workloads = { slip, bill: bill(40), 'bill of 1,000 rows': bill(1000) }

/** Every text that must come out, in order. */
export function textsOf({ blocks }) {
  return blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    if (block.kind === 'pair') return [block.left, block.right]
    return block.kind === 'rows' ? block.rows.flat() : []
  })
}

/** Each gives a function from a receipt's data to bytes. */
export const libraries = {
  async xiaopiao() {
    const { columns, compile, cut, field, qr, rule: line, text } = await import('xiaopiao')
    const { generic58 } = await import('xiaopiao/profiles/generic-58')
    const { generic80 } = await import('xiaopiao/profiles/generic-80')
    const nodeOf = (block) => {
      switch (block.kind) {
        case 'text':
          return text(block.text, { align: block.align, size: block.size, bold: block.size > 1 })
        case 'pair':
          return field(block.left, block.right)
        case 'rows':
          return columns(
            block.widths.map((width, i) => ({ width, align: i === 0 ? 'left' : 'right' })),
            block.rows,
          )
        case 'qr':
          return qr(block.data, { align: 'center' })
        case 'cut':
          return cut()
        default:
          return line()
      }
    }
    return ({ columns: width, blocks }) => {
      const profile = width === 32 ? generic58 : generic80
      return compile({ nodes: blocks.map(nodeOf) }, { profile }).bytes
    }
  },

  async receiptline() {
    const { default: receiptline } = await import('receiptline')
    const escaped = (text) => text.replace(/[\\|{}~_"`^]/g, '\\$&').replace(/^[-=]/, '\\$&')
    const side = { left: (text) => `|${text}`, right: (text) => `${text}|`, center: (text) => text }
    const linesOf = (block) => {
      switch (block.kind) {
        case 'text': {
          const large = block.size > 1 ? `"^^^${escaped(block.text)}^^^"` : escaped(block.text)
          return ['{width:auto}', side[block.align](large)]
        }
        case 'pair':
          return ['{width:* *;border:none}', `${escaped(block.left)} | ${escaped(block.right)}`]
        case 'rows': {
          const cell = (text, i) => (i === 0 ? `${escaped(text)} ` : ` ${escaped(text)}`)
          const rows = block.rows.map((row) => row.map(cell).join('|'))
          return [`{width:${block.widths.join(' ')};border:none}`, ...rows]
        }
        case 'qr':
          return ['{width:auto}', `{code:${block.data};option:qrcode,4,m}`]
        case 'cut':
          return ['=']
        default:
          return ['{width:auto}', '-']
      }
    }
    return ({ columns: cpl, blocks }) => {
      const options = { cpl, encoding: 'cp936', command: 'escpos', cutting: false, spacing: true }
      return Buffer.from(
        receiptline.transform(blocks.flatMap(linesOf).join('\n'), options),
        'latin1',
      )
    }
  },

  async 'node-thermal-printer'() {
    const { default: library } = await import('node-thermal-printer')
    const { ThermalPrinter, PrinterTypes } = library
    const printers = new Map()
    const printerOf = (width) => {
      const options = { type: PrinterTypes.EPSON, width, characterSet: 'CHINA', lineCharacter: '-' }
      if (!printers.has(width)) printers.set(width, new ThermalPrinter(options))
      return printers.get(width)
    }
    return ({ columns: width, blocks }) => {
      const printer = printerOf(width)
      const align = { left: 'alignLeft', center: 'alignCenter', right: 'alignRight' }
      printer.clear()
      for (const block of blocks) {
        switch (block.kind) {
          case 'text':
            printer[align[block.align]]()
            if (block.size > 1) printer.setTextSize(1, 1)
            printer.println(block.text)
            printer.setTextNormal()
            printer.alignLeft()
            break
          case 'pair':
            printer.leftRight(block.left, block.right)
            break
          case 'rows':
            for (const row of block.rows) {
              const cell = (text, i) => ({
                text,
                cols: block.widths[i],
                align: i === 0 ? 'LEFT' : 'RIGHT',
              })
              printer.tableCustom(row.map(cell))
            }
            break
          case 'qr':
            printer.alignCenter()
            printer.printQR(block.data, { cellSize: 4, correction: 'M', model: 2 })
            printer.alignLeft()
            break
          case 'cut':
            printer.cut()
            break
          default:
            printer.drawLine()
        }
      }
      return printer.getBuffer()
    }
  },
}
