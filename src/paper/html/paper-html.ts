/** Paper as a page of HTML with real text, for screens of any width and for screen readers. */

import { encodeBase64 } from '../../model/base64.js'
import { blitBitmap, createBitmap } from '../../model/bitmap.js'
import { OBJECT, type OptionRules, readArgument, readOptions, TEXT } from '../../model/options.js'
import type { Paper } from '../../model/paper.js'
import { paperToPng } from '../views/paper-png.js'
import { type PaperRow, paperRows, type Stretch } from './paper-rows.js'

export interface HtmlOptions {
  /** Title of the page. Default: the first line of the paper in large characters, or else the first line. */
  readonly title?: string
  /** Language of the text, for fonts and voices. Default `zh-CN`. */
  readonly language?: string
}

const RULES: OptionRules<HtmlOptions> = { title: TEXT, language: TEXT }

/** Allows no script, font or address, so that the page shows only its own content, wherever it is kept. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
const STYLE = `
:root{color-scheme:light}
body{margin:0;padding:1rem;background:#e8e6e1;color:#111;font:1rem/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
article{box-sizing:border-box;max-width:26rem;margin:0 auto;padding:1.25rem;background:#fff;overflow-wrap:anywhere}
h1{margin:0 0 .5rem;font-size:1.5rem;text-align:center}
p,dl{margin:.15rem 0}
.c{text-align:center}.r{text-align:right}.big{font-size:1.5rem}
.row,dl{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:1rem}
dl>div{display:flex;flex-wrap:wrap;column-gap:.5rem}
dl>div.wide{flex-basis:100%}dl>div.apart{justify-content:space-between}
dt,dd{margin:0}
hr{border:0;border-top:1px dashed #777}
figure{margin:.75rem 0;text-align:center}
img{max-width:100%;image-rendering:pixelated}
figcaption{font-size:.875rem}
@media print{body{background:#fff;padding:0}}`

/**
 * Makes a whole page of HTML. Titles, labels with their values, lines across and codes have different elements, so that a screen
 * reader reads them as such. A code that holds a web address is a link as well. Everything is escaped, and the page loads and
 * runs nothing.
 *
 * @param paper as printed by `printBytes`; `withDrawnTexts` adds the texts of what is printed as dots
 * @throws OptionError when an option is unknown or has a value that it cannot have
 *
 * @example
 * paperToHtml(paper, { title: '签购单 000236' }).slice(0, 15) // '<!doctype html>'
 */
export function paperToHtml(paper: Paper, options: HtmlOptions = {}): string {
  readArgument('paperToHtml', 'paper', paper, OBJECT)
  const { title, language = 'zh-CN' } = readOptions<HtmlOptions>('paperToHtml', options, RULES)
  const rows = paperRows(paper)
  const heading = headingOf(rows)
  const shown = title ?? textOf(heading) ?? ''
  return [
    `<!doctype html>\n<html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(POLICY)}">`,
    `<title>${escaped(shown)}</title><style>${STYLE}\n</style></head>`,
    '<body><main><article>',
    ...bodyOf(rows, paper, heading),
    '</article></main></body></html>\n',
  ].join('\n')
}

type TextRow = Extract<PaperRow, { readonly kind: 'text' }>

/** The first row in large characters, or else the first row. */
function headingOf(rows: readonly PaperRow[]): TextRow | undefined {
  const texts = rows.filter((row): row is TextRow => row.kind === 'text')
  return texts.find(({ stretches }) => stretches.every(({ isLarge }) => isLarge)) ?? texts[0]
}

function textOf(row: TextRow | undefined): string | undefined {
  return row?.stretches.map(({ text }) => text).join(' ')
}

function bodyOf(rows: readonly PaperRow[], paper: Paper, heading: TextRow | undefined): string[] {
  const lines: string[] = []
  let groups: string[] = []
  const endGroups = () => {
    if (groups.length > 0) lines.push(`<dl>${groups.join('')}</dl>`)
    groups = []
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as PaperRow
    const fields = row.kind === 'text' && row !== heading ? fieldsOf(row, rows[i + 1]) : undefined
    if (fields !== undefined) {
      groups.push(fields.html)
      i += fields.rows - 1
      continue
    }
    endGroups()
    if (row.kind === 'rule') lines.push('<hr>')
    else if (row.kind === 'picture') lines.push(figure(row, paper))
    else
      lines.push(row === heading ? `<h1>${escaped(textOf(row) ?? '')}</h1>` : paragraph(row, paper))
  }
  endGroups()
  return lines
}

/** A label ends with a colon and does not begin with a digit, because `12:08` is a time. */
const LABEL = /^([^\d:：][^:：]{0,40}[:：])\s*(.*)$/u

interface Fields {
  readonly html: string
  /** Number of rows that the labels and values take. */
  readonly rows: 1 | 2
}

/** The labels of a row with their values; undefined if the row has other text. */
function fieldsOf({ stretches }: TextRow, next: PaperRow | undefined): Fields | undefined {
  const [first, second] = stretches.map(({ text }) => LABEL.exec(text))
  if (first === null || first === undefined) return undefined
  const [, label = '', value = ''] = first
  if (stretches.length === 1 && value !== '') {
    return { html: field('wide', label, value), rows: 1 }
  }
  if (stretches.length === 1) return withNextRow(label, next)
  if (stretches.length !== 2) return undefined
  if (value === '' && second === null) {
    return { html: field('wide apart', label, stretches[1]?.text ?? ''), rows: 1 }
  }
  const [, other = '', otherValue = ''] = second ?? []
  if (value === '' || otherValue === '') return undefined
  return { html: `${field('', label, value)}${field('', other, otherValue)}`, rows: 1 }
}

/** Takes the value of a label from the row below it, where a long value is. */
function withNextRow(label: string, next: PaperRow | undefined): Fields | undefined {
  if (next?.kind !== 'text' || next.stretches.length !== 1) return undefined
  const [{ text }] = next.stretches as readonly [Stretch]
  return LABEL.test(text) ? undefined : { html: field('wide', label, text), rows: 2 }
}

function field(kind: string, label: string, value: string): string {
  const attribute = kind === '' ? '' : ` class="${kind}"`
  return `<div${attribute}><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`
}

function paragraph({ stretches }: TextRow, paper: Paper): string {
  if (stretches.length > 1) {
    return `<p class="row">${stretches.map((one) => `<span>${stretchHtml(one)}</span>`).join(' ')}</p>`
  }
  const [only] = stretches as readonly [Stretch]
  const classes = [only.isLarge ? 'big' : '', placeOf(only, paper)].filter((name) => name !== '')
  const attribute = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`
  return `<p${attribute}>${stretchHtml(only)}</p>`
}

function stretchHtml({ text, isBold }: Stretch): string {
  return isBold ? `<strong>${escaped(text)}</strong>` : escaped(text)
}

function placeOf({ x, end }: Stretch, { widthDots }: Paper): 'c' | 'r' | '' {
  const after = widthDots - end
  if (x < 24) return ''
  if (Math.abs(x - after) <= 24) return 'c'
  return after < 24 ? 'r' : ''
}

/** Control characters, which are removed because they cannot be read aloud, and some of them reverse the direction of text. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu

function figure(row: Extract<PaperRow, { readonly kind: 'picture' }>, paper: Paper): string {
  const dots = createBitmap(Math.max(1, row.widthDots), Math.max(1, row.heightDots))
  blitBitmap(dots, paper.bitmap, -row.x, -row.y)
  const png = encodeBase64(paperToPng({ ...paper, bitmap: dots }))
  const text = row.text.replace(UNSEEN, '')
  const isSquare = row.widthDots === row.heightDots
  const alt = text === '' ? '' : `${isSquare ? '二维码 QR code' : '条码 bar code'}: ${text}`
  const image = `<img src="data:image/png;base64,${png}" width="${row.widthDots}" height="${row.heightDots}" alt="${escaped(alt)}">`
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return `<figure>${image}</figure>`
  const link = `<a href="${escaped(text)}" rel="noopener noreferrer nofollow">${escaped(text)}</a>`
  return `<figure>${image}<figcaption>${link}</figcaption></figure>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(UNSEEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
