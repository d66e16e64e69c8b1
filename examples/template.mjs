/** One template, many receipts: data in fen and ISO times, loops, conditions, filters. Prints the paper as text. */
import { compile } from 'xiaopiao'
import { paperToText, printBytes } from 'xiaopiao/emulator'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { bind } from 'xiaopiao/template'

const template = {
  nodes: [
    { kind: 'text', text: '{{ shop }}', align: 'center' },
    { kind: 'text', text: "{{ time | date: 'YYYY-MM-DD HH:mm' }}  单号 {{ order | pad: 6 }}" },
    {
      kind: 'each',
      in: 'items',
      do: [
        {
          kind: 'field',
          label: '{{ loop.index }} {{ item.name }}',
          value: '{{ item.fen | money }}',
        },
        { kind: 'if', test: 'item.note', then: [{ kind: 'text', text: '  * {{ item.note }}' }] },
      ],
    },
    { kind: 'field', label: '合计', value: "{{ items | sum: 'fen' | yuan }}", leader: '.' },
    { kind: 'if', test: 'card', then: [{ kind: 'text', text: '卡号 {{ card | mask }}' }] },
  ],
}

const data = {
  shop: '老城面馆',
  time: '2026-11-23T12:08:31+08:00',
  order: 48,
  // What looks like an expression, or like a printer command, is text.
  items: [
    { name: '牛肉面', fen: 2800, note: '{{ 不要香菜 }}' },
    { name: '拍黄瓜', fen: 1200 },
  ],
  card: '6222021234560012',
}

const { bytes } = compile(bind(template, data), { profile: generic58 })
console.log(paperToText(printBytes(bytes, generic58)))
