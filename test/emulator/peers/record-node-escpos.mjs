/**
 * Records `fixtures/peers/node-escpos.bin`. Its library brings `request`, `form-data` and `tough-cookie` of years without upkeep with it, so it is
 * no dependency: `npm i --no-save @node-escpos/core@0.6.0`, then `node test/emulator/peers/record-node-escpos.mjs`, then `npm ci`.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Image, Printer } from '@node-escpos/core'

const fixture = (name) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url))
const address = 'https://example.com/订单/20261123?no=10086'

async function byNodeEscpos() {
  const chunks = []
  const done = (self, callback) => {
    callback?.(null)
    return self
  }
  const adapter = {
    open: (callback) => done(adapter, callback),
    write: (data, callback) => {
      chunks.push(Buffer.from(data))
      return done(adapter, callback)
    },
    close: (callback) => done(adapter, callback),
    read: () => {},
    on: () => adapter,
  }
  const printer = new Printer(adapter, { encoding: 'GB18030', width: 48 })
  const logo = await Image.load(fixture('receipts/logo.png'), 'image/png')
  printer.align('ct')
  await printer.image(logo, 'd24')
  printer.raster(logo, 'normal')
  printer.font('a').style('b').size(2, 2).text('老王饺子馆')
  printer.style('normal').size(1, 1).align('lt')
  printer.tableCustom([
    { text: '鱼香肉丝', align: 'LEFT', width: 0.5 },
    { text: 'x1', align: 'CENTER', width: 0.2 },
    { text: '28.00', align: 'RIGHT', width: 0.3 },
  ])
  printer.drawLine()
  printer.barcode('690123456789', 'EAN13', { width: 2, height: 72 })
  printer.barcode('A-10086', 'CODE39', { width: 2, height: 60 })
  printer.qrcode(address, undefined, 'm', 4)
  printer.newLine()
  await printer.qrimage(address, { type: 'png', mode: 'dwdh', size: 2 })
  printer.cashdraw(2)
  printer.cut(true)
  await printer.close()
  return Buffer.concat(chunks)
}

writeFileSync(fixture('peers/node-escpos.bin'), await byNodeEscpos())
