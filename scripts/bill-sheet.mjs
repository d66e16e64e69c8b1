/** Draws `docs/bill-sheet.png`: one restaurant bill on five paper widths, and in Font B. Run it after `npm run build:js`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { compile, text } from 'xiaopiao'
import { paperToPng, printBytes } from 'xiaopiao/emulator'
import { generic80 } from 'xiaopiao/profiles/generic-80'
import { bind } from 'xiaopiao/template'

const root = new URL('..', import.meta.url)
const json = (name) => JSON.parse(readFileSync(new URL(`fixtures/receipts/${name}`, root), 'utf8'))
const bill = bind(json('restaurant-bill.json'), json('restaurant-bill.data.json'))

const sheets = [
  ...[384, 416, 512, 576, 640].map((widthDots) => ({ widthDots, font: 'A' })),
  ...[384, 576].map((widthDots) => ({ widthDots, font: 'B' })),
]
/** A multiple of 8, so that every paper begins on a whole byte and the picture packs well. */
const marginDots = 24

function paperOf(receipt, widthDots) {
  const profile = { ...generic80, widthDots, headToCutterDots: 0 }
  return printBytes(compile(receipt, { profile, strict: true }).bytes, profile).bitmap
}

function isBlack({ widthDots, data }, x, y) {
  const at = y * Math.ceil(widthDots / 8) + (x >> 3)
  return ((data[at] >> (7 - (x & 7))) & 1) === 1
}

const columns = sheets.map(({ widthDots, font }) => ({
  widthDots,
  label: paperOf({ nodes: [text(`${widthDots} 点  Font ${font}`, { bold: true })] }, widthDots),
  paper: paperOf({ ...bill, font }, widthDots),
}))
const top = Math.max(...columns.map(({ label }) => label.heightDots)) + marginDots
const widthDots = columns.reduce((x, column) => x + column.widthDots + marginDots, marginDots)
const heightDots = Math.max(...columns.map(({ paper }) => paper.heightDots)) + top + marginDots
const perRow = Math.ceil(widthDots / 8)
const data = new Uint8Array(perRow * heightDots)

function set(x, y) {
  data[y * perRow + (x >> 3)] |= 0x80 >> (x & 7)
}

function paste(bitmap, left, from) {
  for (let y = 0; y < bitmap.heightDots; y++) {
    for (let x = 0; x < bitmap.widthDots; x++) if (isBlack(bitmap, x, y)) set(left + x, from + y)
  }
}

/** Draws the paper's edges, at which every line ends to the dot. */
function frame(column, left) {
  const { heightDots: height } = column.paper
  for (let y = -4; y < height + 4; y++) {
    set(left - 2, top + y)
    set(left + column.widthDots + 1, top + y)
  }
}

let left = marginDots
for (const column of columns) {
  paste(column.label, left, marginDots / 2)
  paste(column.paper, left, top)
  frame(column, left)
  left += column.widthDots + marginDots
}

const png = paperToPng({ bitmap: { widthDots, heightDots, data } })
writeFileSync(new URL('docs/bill-sheet.png', root), png)
console.log(`docs/bill-sheet.png: ${widthDots} × ${heightDots} dots, ${png.length} bytes`)
