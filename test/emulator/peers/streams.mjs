/** The same small receipt, printed by other people's libraries: what each sends for it. One of them is recorded, see `record-node-escpos.mjs`. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import QRCode from 'qrcode'
import { createElement as h } from 'react'
import * as rtp from 'react-thermal-printer'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
const receiptline = require('receiptline')
const { CharacterSet, PrinterTypes, ThermalPrinter } = require('node-thermal-printer')
const escposBuffer = require('escpos-buffer')

export const address = 'https://example.com/订单/20261123?no=10086'

const logoPath = fileURLToPath(new URL('../../../fixtures/receipts/logo.png', import.meta.url))
export const pictures = { logo: await rgbaOf(readFileSync(logoPath)), code: codeOf(address) }

/** Some of them read no PNG of one bit. */
const logoPng = await pngOf(pictures.logo)
const codePng = await pngOf(pictures.code)

async function rgbaOf(file) {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height }
}

function pngOf({ data, width, height }) {
  return sharp(Buffer.from(data), { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

/** A QR code as a picture: 4 dots a module, with its quiet zone. */
function codeOf(text) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const side = (modules.size + 8) * 4
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / 4) - 4, Math.floor(x / 4) - 4]
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size
      if (inside && modules.get(row, column)) {
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
      }
    }
  }
  return { data, width: side, height: side }
}

function byReceiptline() {
  const document = [
    `{image:${logoPng.toString('base64')}}`,
    '^^^老王饺子馆',
    '{width:*}',
    '---',
    '{width:*,*,12}',
    '鱼香肉丝盖浇饭 | x1 | 28.00',
    '"西红柿鸡蛋" | x2 | 36.00',
    '李𬱖 | |',
    '---',
    '{width:auto}',
    '^合计 | ^64.00',
    `{code:${address};option:qrcode,4,m}`,
    '{code:6901234567892;option:ean,2,72,hri}',
    '{code:A-10086;option:code128,2,60,hri}',
    '=',
    '第二联',
  ].join('\n')
  const printer = { cpl: 48, encoding: 'gb18030', command: 'escpos', gamma: 1, gradient: false }
  return Buffer.from(receiptline.transform(document, printer), 'binary')
}

/** It knows no Chinese. */
function byReceiptPrinterEncoder(printerModel) {
  const { logo, code } = pictures
  return new ReceiptPrinterEncoder({ printerModel })
    .initialize()
    .codepage('auto')
    .align('center')
    .image(logo, 288, 80, 'threshold')
    .bold(true)
    .size(2, 2)
    .line('Lao Wang 老王')
    .size(1, 1)
    .bold(false)
    .align('left')
    .line('Café Zürich')
    .table(
      [{ width: 26 }, { width: 6, align: 'right' }, { width: 10, align: 'right' }],
      [
        ['Fish-flavoured pork', 'x1', '28.00'],
        ['Tomato and egg', 'x2', '36.00'],
      ],
    )
    .rule()
    .qrcode(address, { model: 2, size: 4, errorlevel: 'm' })
    .barcode('6901234567892', 'ean13', { height: 72, width: 2, text: true })
    .barcode('A-10086', 'code128', 60)
    .image(code, code.width, code.height, 'threshold')
    .pulse()
    .cut('partial')
    .encode()
}

async function byNodeThermalPrinter() {
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    interface: '/dev/null',
    characterSet: CharacterSet.CHINA,
    width: 48,
  })
  printer.alignCenter()
  await printer.printImageBuffer(logoPng)
  printer.setTextQuadArea()
  printer.bold(true)
  printer.println('老王饺子馆')
  printer.setTextNormal()
  printer.bold(false)
  printer.alignLeft()
  printer.leftRight('鱼香肉丝盖浇饭 x1', '28.00')
  printer.tableCustom([
    { text: 'Tomato', align: 'LEFT', width: 0.5 },
    { text: 'x2', align: 'CENTER', width: 0.25 },
    { text: '36.00', align: 'RIGHT', width: 0.25 },
  ])
  printer.drawLine()
  printer.printQR(address, { cellSize: 4, correction: 'M', model: 2 })
  printer.newLine()
  printer.printBarcode('6901234567892', 67, {})
  printer.code128('A-10086', { height: 60, text: 2, width: 'SMALL' })
  await printer.printImageBuffer(codePng)
  printer.openCashDrawer()
  printer.cut()
  return printer.getBuffer()
}

/** It writes in one code page. */
async function byEscposBuffer() {
  const { Align, Cut, Drawer, InMemory, Style, Threshold } = escposBuffer
  const connection = new InMemory()
  const printer = await escposBuffer.Printer.CONNECT('TM-T20', connection)
  await printer.setColumns(48)
  await printer.setAlignment(Align.Center)
  await printer.draw(new escposBuffer.Image(pictures.logo, new Threshold()))
  const style = Style.Bold | Style.DoubleWidth | Style.DoubleHeight
  await printer.writeln('Lao Wang 老王', style, Align.Center)
  await printer.setAlignment(Align.Left)
  await printer.writeln('Café 28,00')
  await printer.qrcode('https://example.com/20261123?no=10086')
  await printer.draw(new escposBuffer.Image(pictures.code, new Threshold()))
  await printer.drawer(Drawer.First)
  await printer.feed(3)
  await printer.cutter(Cut.Partial)
  return connection.buffer()
}

function byReactThermalPrinter() {
  const image = (picture, align) =>
    h(rtp.Image, { align, src: 'none', reader: async () => picture })
  return rtp.render(
    h(
      rtp.Printer,
      { type: 'epson', width: 48, characterSet: 'china' },
      image(pictures.logo, 'center'),
      h(rtp.Text, { align: 'center', bold: true, size: { width: 2, height: 2 } }, '老王饺子馆'),
      h(rtp.Row, { left: '鱼香肉丝盖浇饭 x1', right: '28.00' }),
      h(rtp.Line),
      h(rtp.Text, { underline: '1dot-thick' }, '西红柿鸡蛋'),
      h(rtp.QRCode, { content: address, cellSize: 4, correction: 'M', align: 'center' }),
      h(rtp.Barcode, { type: 'JAN13', content: '6901234567892', height: 72 }),
      image(pictures.code, 'left'),
      h(rtp.Cashdraw, { pin: '2pin' }),
      h(rtp.Cut, { partial: true }),
    ),
  )
}

export async function peerStreams() {
  const streams = {
    receiptline: byReceiptline(),
    'receipt-printer-encoder, raster': byReceiptPrinterEncoder('xprinter-xp-t80q'),
    'receipt-printer-encoder, columns': byReceiptPrinterEncoder('epson-tm-t88v'),
    'node-thermal-printer': await byNodeThermalPrinter(),
    'node-escpos': readFileSync(
      new URL('../../../fixtures/peers/node-escpos.bin', import.meta.url),
    ),
    'escpos-buffer': await byEscposBuffer(),
    'react-thermal-printer': await byReactThermalPrinter(),
  }
  return Object.fromEntries(
    Object.entries(streams).map(([name, bytes]) => [name, Uint8Array.from(bytes)]),
  )
}
