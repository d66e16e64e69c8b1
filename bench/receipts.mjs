/**
 * The receipts that are compared, as plain data: blocks of text, label and value, rows, a code, a picture; and how each library prints
 * them. It is long because each library says the same blocks in its own way.
 */

const pair = (left, right) => ({ kind: 'pair', left, right })
const line = (text, more = {}) => ({ kind: 'text', text, align: 'left', size: 1, ...more })
const rule = { kind: 'rule' }
const title = { align: 'center', size: 2 }

const note =
  '本人确认以上交易，同意将其记入本卡账户。请妥善保管此签购单，如对交易有疑问请于三十日内凭本单联系发卡银行客服热线查询。' +
  '商户存根请至少保存两年备查，遗失不补。退货须凭原卡及原签购单到原商户办理，手续费不予退还。'

/** A card payment with its note and room for a signature: 58 mm, 32 columns. */
const slip = {
  columns: 32,
  blocks: [
    line('老城面馆', title),
    line('POS签购单', { align: 'center' }),
    line('商户存根 MERCHANT COPY', { align: 'center' }),
    rule,
    pair('商户名称', '老城面馆人民路店'),
    pair('商户编号', '898310058120043'),
    pair('终端编号', '50012387'),
    pair('操作员号', '01'),
    rule,
    pair('发卡行', '招商银行'),
    pair('收单行', '银联商务'),
    pair('卡号', '622588******1234 /C'),
    pair('有效期', '2029/08'),
    pair('交易类型', '消费 SALE'),
    pair('批次号', '000127'),
    pair('凭证号', '003456'),
    pair('授权码', '774512'),
    pair('参考号', '142233889911'),
    pair('日期时间', '2026/11/23 14:22:33'),
    rule,
    line('金额 AMOUNT'),
    line('RMB 1,288.00', { align: 'right', size: 2 }),
    rule,
    line('持卡人签名 CARDHOLDER SIGNATURE'),
    { kind: 'feed', lines: 3 },
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

const payUrl = 'https://pay.example.com/r/20261123/A12/8f3c2d7e9b1a4c50?v='

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
      { kind: 'qr', data: `${payUrl}0000` },
      { kind: 'cut' },
    ],
  }
}

/** `receipt` with another text in its code, as each sale has one: a code that is kept would hide what making it costs. */
export function withNewCode(receipt, n) {
  const data = `${payUrl}${String(n).padStart(4, '0')}`
  const blocks = receipt.blocks.map((block) => (block.kind === 'qr' ? { ...block, data } : block))
  return { ...receipt, blocks }
}

async function picture(width, height) {
  const { greyPng } = await import('./pictures.mjs')
  return { kind: 'image', width, height, file: greyPng(width, height) }
}

const receipts = {
  slip: () => slip,
  bill: () => bill(40),
  'bill with a logo': async () => ({
    columns: 48,
    blocks: [await picture(384, 160), ...bill(40).blocks],
  }),
  picture: async () => ({ columns: 48, blocks: [await picture(576, 800)] }),
  'bill of 1,000 rows': () => bill(1000),
  'bill of 100,000 rows': () => bill(100_000),
}

/** The data of a receipt by its name; only this one is made, because a process that prints a slip is to be measured without others. */
export async function receiptOf(name) {
  return receipts[name]()
}

/** Every text that must come out, in order. */
export function textsOf({ blocks }) {
  return blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    if (block.kind === 'pair') return [block.left, block.right]
    return block.kind === 'rows' ? block.rows.flat() : []
  })
}

/** The peers that are measured; each gives a function from a receipt's data to bytes, or to a promise of them. */
export const libraries = {
  xiaopiao: () => xiaopiao({}),
  /** For printers whose profile says that they draw QR codes themselves, as all peers suppose of every printer. */
  'xiaopiao, native QR': () => xiaopiao({ qr: 'native' }),
  /** As the profile `hprt-tp80k` has it: the manual (p. 53) lets `ESC a` place a raster. */
  'xiaopiao, HPRT TP80K': () => xiaopiao({ picturePlace: 'align' }),
  /** For printers of which it is known that `GS L` places a raster and that its dots may be doubled. */
  'xiaopiao, margin and doubled dots': () =>
    xiaopiao({ picturePlace: 'left-margin', doublesPictures: true }),
  receiptline,
  'node-thermal-printer': nodeThermalPrinter,
  'receipt-printer-encoder': receiptPrinterEncoder,
}

async function xiaopiao(settings) {
  const {
    columns,
    compile,
    cut,
    feed,
    field,
    image,
    qr,
    rule: across,
    text,
  } = await import('xiaopiao')
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
          { gap: 0 },
        )
      case 'qr':
        return qr(block.data, { align: 'center', module: 4 })
      case 'image':
        return image('picture', { align: 'center' })
      case 'feed':
        return feed(block.lines)
      case 'cut':
        return cut()
      default:
        return across()
    }
  }
  const profiles = { 32: generic58, 48: { ...generic80, ...settings } }
  const print = ({ columns: width, blocks }, images = {}) =>
    compile({ nodes: blocks.map(nodeOf) }, { profile: profiles[width], images })
  const withPicture = async (receipt, { file }) => {
    const { loadImage } = await import('xiaopiao/images')
    return print(receipt, { picture: await loadImage(file) }).bytes
  }
  const bytesOf = (receipt) => {
    const picture = receipt.blocks.find(({ kind }) => kind === 'image')
    return picture === undefined ? print(receipt).bytes : withPicture(receipt, picture)
  }
  return Object.assign(bytesOf, { compiled: print })
}

async function receiptline() {
  const { default: library } = await import('receiptline')
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
      case 'image':
        return ['{width:auto}', `{image:${Buffer.from(block.file).toString('base64')}}`]
      case 'feed':
        return ['{width:auto}', ...Array(block.lines).fill('')]
      case 'cut':
        return ['=']
      default:
        return ['{width:auto}', '-']
    }
  }
  const documentOf = ({ blocks }) => blocks.flatMap(linesOf).join('\n')
  const options = { encoding: 'cp936', cutting: false, spacing: true, gradient: true, gamma: 1 }
  const print = (receipt) => {
    const { columns: cpl } = receipt
    const sent = library.transform(documentOf(receipt), { ...options, cpl, command: 'escpos' })
    return Buffer.from(sent, 'latin1')
  }
  const svg = (receipt) =>
    library.transform(documentOf(receipt), { ...options, cpl: receipt.columns, command: 'svg' })
  return Object.assign(print, { svg })
}

async function nodeThermalPrinter() {
  const { default: library } = await import('node-thermal-printer')
  const { ThermalPrinter, PrinterTypes } = library
  const printers = new Map()
  const printerOf = (width) => {
    const options = { type: PrinterTypes.EPSON, width, characterSet: 'CHINA', lineCharacter: '-' }
    if (!printers.has(width)) printers.set(width, new ThermalPrinter(options))
    return printers.get(width)
  }
  const align = { left: 'alignLeft', center: 'alignCenter', right: 'alignRight' }
  return async ({ columns: width, blocks }) => {
    const printer = printerOf(width)
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
        case 'image':
          printer.alignCenter()
          await printer.printImageBuffer(Buffer.from(block.file))
          printer.alignLeft()
          break
        case 'feed':
          for (let i = 0; i < block.lines; i++) printer.newLine()
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
}

async function receiptPrinterEncoder() {
  const { default: Encoder } = await import('@point-of-sale/receipt-printer-encoder')
  const { decode } = await import('fast-png')
  const options = { language: 'esc-pos', imageMode: 'raster', newline: '\n' }
  const encoders = new Map()
  const encoderOf = (columns) => {
    if (!encoders.has(columns)) encoders.set(columns, new Encoder({ ...options, columns }))
    return encoders.get(columns)
  }
  return ({ columns: width, blocks }) => {
    const encoder = encoderOf(width).initialize()
    for (const block of blocks) {
      switch (block.kind) {
        case 'text':
          encoder.align(block.align).size(block.size, block.size).line(block.text)
          encoder.size(1, 1).align('left')
          break
        case 'pair': {
          const half = width / 2
          const sides = [
            { width: half, align: 'left' },
            { width: half, align: 'right' },
          ]
          encoder.table(sides, [[block.left, block.right]])
          break
        }
        case 'rows':
          encoder.table(
            block.widths.map((size, i) => ({ width: size, align: i === 0 ? 'left' : 'right' })),
            block.rows,
          )
          break
        case 'qr':
          encoder.align('center').qrcode(block.data, { model: 2, size: 4, errorlevel: 'm' })
          encoder.align('left')
          break
        case 'image': {
          const { data } = decode(block.file)
          const grey = new Uint8ClampedArray(4 * data.length).fill(255)
          for (let i = 0; i < data.length; i++) grey.fill(data[i], 4 * i, 4 * i + 3)
          const pixels = { data: grey, width: block.width, height: block.height }
          const size = [block.width, block.height, 'floydsteinberg']
          encoder
            .align('center')
            .image(pixels, ...size)
            .align('left')
          break
        }
        case 'feed':
          encoder.newline(block.lines)
          break
        case 'cut':
          encoder.cut()
          break
        default:
          encoder.line('-'.repeat(width))
      }
    }
    return encoder.encode()
  }
}
