/** The till of this folder, tested against a virtual printer: `npx vitest run --root examples/testing`. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { startVirtualPrinter } from 'xiaopiao/emulator'
import { paperMatchers } from 'xiaopiao/emulator/matchers'
import { epsonTmT81ii } from 'xiaopiao/profiles/epson-tm-t81ii'
import { Till } from './till.mjs'

expect.extend(paperMatchers)

let printer
let till
beforeEach(async () => {
  printer = await startVirtualPrinter({ profile: epsonTmT81ii })
  till = new Till(printer.uri, epsonTmT81ii)
})
afterEach(async () => {
  await till.close()
  await printer.close()
})

function sellLunch() {
  till.ring('红烧牛肉面', 2800, 2)
  till.ring('拍黄瓜', 1200)
  return till.pay('000048')
}

test('a sale is printed, and the drawer opens', async () => {
  expect(await sellLunch()).toEqual({ screen: 'Thank you', buttons: [] })

  expect(printer.text).toContain('单号 000048')
  expect(printer.text).toMatch(/红烧牛肉面 +x2 +￥56\.00\n拍黄瓜 +x1 +￥12\.00/)
  expect(printer.text).toMatch(/合计 +￥68\.00/)
  expect(printer.symbols).toMatchObject([{ kind: 'qr', data: 'https://example.com/r/000048' }])
  expect(printer.papers[0]).toMatchObject({ pulses: [{ pin: 2 }], cuts: [{ mode: 'partial' }] })
  expect(printer).toMatchPaper('goldens/sale.png')
})

test('without paper nothing is printed, and the cashier is told so', async () => {
  printer.device.set({ paper: 'end' })
  expect(await sellLunch()).toEqual({
    screen: 'Not printed: put in a new roll',
    buttons: ['print'],
  })
  expect(printer.text).toBe('')
})

test('the paper ends in the middle: the receipt is printed again, and marked', async () => {
  await till.close()
  await printer.close()
  printer = await startVirtualPrinter({ profile: epsonTmT81ii, paperEndAfterBytes: 120 })
  till = new Till(printer.uri, epsonTmT81ii)

  // All of it had been sent, so only the cashier can see where the paper ended.
  expect(await sellLunch()).toEqual({
    screen: 'Please put in a new roll. Look at the receipt: is it whole?',
    buttons: ['it is', 'reprint'],
  })
  expect(printer.text).toContain('老城面馆')
  expect(printer.text).not.toContain('合计')

  printer.device.set({ paper: 'ok' })
  expect(await till.reprint()).toEqual({ screen: 'Thank you', buttons: [] })
  expect(printer.text).toContain('补打')
  expect(printer.text.match(/合计 +￥68\.00/g)).toHaveLength(1)
})
