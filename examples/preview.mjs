/** A receipt made with the builders, and the paper that a printer makes of its bytes: `receipt.png`. */
import { writeFile } from 'node:fs/promises'
import { columns, compile, cut, field, qr, rule, text } from 'xiaopiao'
import { paperToPng, printBytes } from 'xiaopiao/emulator'
import { generic58 } from 'xiaopiao/profiles/generic-58'

const items = [
  ['红烧牛肉面（加辣加葱不要香菜）', '2', '56.00'],
  ['拍黄瓜', '1', '12.00'],
]
const receipt = {
  nodes: [
    text('老城面馆', { size: 2, align: 'center' }),
    rule(),
    columns([{ width: '1fr' }, { width: 3, align: 'right' }, { width: 8, align: 'right' }], items),
    rule(),
    field('合计 TOTAL', '¥68.00', { bold: true }),
    qr('https://example.com/i/48', { align: 'center' }),
    cut(),
  ],
}

const { bytes, diagnostics } = compile(receipt, { profile: generic58 })
await writeFile('receipt.png', paperToPng(printBytes(bytes, generic58), { marginDots: 16 }))

console.log(`receipt.png shows ${bytes.length} bytes`)
for (const { code, path, message } of diagnostics) console.log(`${code} at ${path}: ${message}`)
