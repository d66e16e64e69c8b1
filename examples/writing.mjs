/** One bill written in YAML and in the text form, and a network for guests as a QR code. Prints the papers as text. */
import { compileJson } from 'xiaopiao'
import { paperToText, printBytes } from 'xiaopiao/emulator'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { wifiText } from 'xiaopiao/qr-texts'
import { bind } from 'xiaopiao/template'
import { atPlace, readMarkdown, readYaml } from 'xiaopiao/writing'

const yaml = `
nodes:
  - { kind: text, text: "{{ shop }}", size: 2, bold: true, align: center }
  - kind: columns
    columns: [{ width: 1fr }, { width: auto, align: decimal }]
    header: [品名, 金额]
    rules: [header]
    rows:
      - { kind: each, in: items, do: [["{{ item.name }}", "{{ item.fen | money }}"]] }
  - { kind: field, label: 大写, value: "{{ items | sum: 'fen' | cn_amount }}" }
  - { kind: qr, data: "{{ wifi }}", caption: 扫码连网, align: center }
`

const text = `
# {{ shop }}
| 品名 | 金额 |
|------|----.|
@each item in items
| {{ item.name }} | {{ item.fen | money }} |
@end
大写 :: {{ items | sum: 'fen' | cn_amount }}
![qr]({{ wifi }} "扫码连网")
`

const data = {
  shop: '老城面馆',
  items: [
    { name: '红烧牛肉面', fen: 2800 },
    { name: '凉拌黄瓜', fen: 1250 },
  ],
  wifi: wifiText({ ssid: '老城面馆', password: 'noodles;2026' }),
}

const papers = [await readYaml(yaml), readMarkdown(text)].map((written) => {
  const compile = () => compileJson(bind(written.value, data), { profile: generic58 })
  return atPlace(written, compile).bytes
})
console.log(paperToText(printBytes(papers[0], generic58)))
console.log(`the same bytes: ${Buffer.compare(...papers) === 0}`)
