/** One bill, and the same sale on labels, in each way of writing: identical trees and identical bytes. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { columns, cut, feed, field, qr, rule, text } from '../../src/index.js'
import { receiptOf } from '../../src/jsx/index.js'
import { findProfile, generic58, generic80 } from '../../src/profiles/index.js'
import { bind, type Template } from '../../src/template/index.js'
import { readMarkdown, readYaml } from '../../src/writing/index.js'
import { Bill, Tags } from '../jsx/bill.js'
import { built, builtTags, sale } from '../jsx/sale.js'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const bound = (template: unknown) => bind(template as Template, sale)
const printers = [generic58, generic80, findProfile('epson-tm-l90')]

/** The bytes of each way on each printer, which are those of the first. */
function expectSame(ways: Readonly<Record<string, object>>): void {
  const [first = {}] = Object.values(ways)
  for (const [name, way] of Object.entries(ways)) {
    expect({ ...way, $schema: undefined }, name).toEqual(first)
    for (const profile of printers) {
      const bytes = (receipt: unknown) => compileJson(receipt, { profile }).bytes
      expect(Buffer.compare(bytes(way), bytes(first)), `${name} on ${profile.id}`).toBe(0)
    }
  }
}

describe('the same bill has the same bytes', () => {
  it('in TypeScript, JSX, JSON and YAML, with every node that holds others', async () => {
    expectSame({
      typescript: built,
      jsx: receiptOf(<Bill sale={sale} />),
      json: bound(JSON.parse(read('bill.receipt.json'))),
      yaml: bound((await readYaml(read('bill.receipt.yaml'))).value),
    })
  })

  it('on labels', async () => {
    expectSame({
      typescript: builtTags,
      jsx: receiptOf(<Tags sale={sale} />),
      json: bound(JSON.parse(read('tags.receipt.json'))),
      yaml: bound((await readYaml(read('tags.receipt.yaml'))).value),
    })
  })

  it('in the text form too, where it can say it', async () => {
    const rows = sale.items.map(({ name, sum }) => [name, sum])
    const sides = [{ width: '1fr' }, { width: 'auto', align: 'decimal' }] as const
    const typescript = {
      nodes: [
        text(sale.shop, { size: 2, bold: true, align: 'center' }),
        rule('=', { text: '结账单' }),
        field(`桌台 ${sale.table}`, '堂食'),
        columns(sides, rows, { header: ['品名', '金额'], rules: ['header'] }),
        field('应收', [{ text: `￥${sale.total}`, bold: true }]),
        qr(sale.code, { caption: '扫码', align: 'center' }),
        feed(2),
        cut(),
      ],
    }
    const jsx = receiptOf(
      <receipt>
        <text size={2} bold align="center">
          {sale.shop}
        </text>
        <rule char="=">结账单</rule>
        <field label={`桌台 ${sale.table}`} value="堂食" />
        <columns columns={[...sides]} rules={['header']}>
          <header>
            <td>品名</td>
            <td>金额</td>
          </header>
          {sale.items.map(({ name, sum }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{sum}</td>
            </tr>
          ))}
        </columns>
        <field label="应收" value={<span bold>{`￥${sale.total}`}</span>} />
        <qr data={sale.code} caption="扫码" align="center" />
        <feed lines={2} />
        <cut mode="partial" />
      </receipt>,
    )
    const written = `# {{ shop }}
=== 结账单 ===
桌台 {{ table }} :: 堂食
| 品名 | 金额 |
|------|----.|
@each item in items
| {{ item.name }} | {{ item.sum }} |
@end
应收 :: **￥{{ total }}**
![qr]({{ code }} "扫码")
@feed 2
@cut partial`
    const yaml = `nodes:
  - { kind: text, text: "{{ shop }}", size: 2, bold: true, align: center }
  - { kind: rule, char: =, text: 结账单 }
  - { kind: field, label: "桌台 {{ table }}", value: 堂食 }
  - kind: columns
    columns: [{ width: 1fr }, { width: auto, align: decimal }]
    header: [品名, 金额]
    rules: [header]
    rows: [{ kind: each, in: items, do: [["{{ item.name }}", "{{ item.sum }}"]] }]
  - { kind: field, label: 应收, value: [{ text: "￥{{ total }}", bold: true }] }
  - { kind: qr, data: "{{ code }}", caption: 扫码, align: center }
  - { kind: feed, lines: 2 }
  - { kind: cut, mode: partial }`
    const { value } = await readYaml(yaml)
    expectSame({
      typescript,
      jsx,
      yaml: bound(value),
      json: bound(JSON.parse(JSON.stringify(value))),
      text: bound(readMarkdown(written).value),
    })
  })
})
