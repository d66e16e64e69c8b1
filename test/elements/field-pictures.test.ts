/** The pictures of docs/receipt.md: each is what its small receipt prints. `npm run docs:fields` draws them. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { printBytes } from '../../src/entries/emulator.js'
import { paperToPng } from '../../src/entries/paper.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import { generic58 } from '../../src/profiles/index.js'

const root = new URL('../../', import.meta.url)
const folder = new URL('docs/fields/', root)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** Twenty columns, so that a picture is small beside its words. */
const profile: Profile = { ...generic58, id: 'manual', widthDots: 240 }
const MOST_BYTES = 2500
const MOST_BYTES_IN_ALL = 80_000

/** A ball on a ground that grows darker, and a dot. */
function shade(x: number, y: number): number {
  const distance = Math.hypot(x - 40, y - 36)
  return distance < 26 ? 255 - distance * 6 : 230 - x
}

function pixels(side: number, grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(side * side * 4)
  for (let i = 0; i < side * side; i++) {
    const value = grey(i % side, Math.floor(i / side))
    data.set([value, value, value, 255], i * 4)
  }
  return { widthPx: side, heightPx: side, data }
}

const images = {
  photo: pixels(96, shade),
  logo: pixels(24, (x, y) => (Math.hypot(x - 11.5, y - 11.5) < 11 ? 0 : 255)),
}

const examples = JSON.parse(read('fixtures/fields.json')) as Record<string, unknown>
const pictures = Object.entries(examples).map(([name, receipt]) => {
  const { bytes } = compileJson(receipt, { profile, images })
  return { file: `${name.replace('.', '-')}.png`, png: paperToPng(printBytes(bytes, profile)) }
})

if (process.env.UPDATE_DOCS !== undefined) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { file, png } of pictures) writeFileSync(new URL(file, folder), png)
}

const dotsOf = (png: Uint8Array) => {
  const { width, height, data } = decode(png)
  return { width, height, data: Buffer.from(data).toString('hex') }
}

it('the pictures are what the code prints, and small', () => {
  const stored = readdirSync(folder).toSorted()
  expect(stored).toEqual(pictures.map(({ file }) => file).toSorted())
  let total = 0
  for (const { file, png } of pictures) {
    const bytes = readFileSync(new URL(file, folder))
    expect({ file, ...dotsOf(bytes) }).toEqual({ file, ...dotsOf(png) })
    expect(bytes.length, file).toBeLessThanOrEqual(MOST_BYTES)
    total += bytes.length
  }
  expect(total).toBeLessThanOrEqual(MOST_BYTES_IN_ALL)
})

/** Fields that change nothing that is seen, or nothing that a picture of one receipt could show. */
const UNSEEN = [
  ...['nodes', '$schema', 'title', 'style fields', '样式字段', 'data', 'encoding', 'src', 'stored'],
  ...['label', 'value', 'columns', 'rows', 'addCheck', 'allowLowerLevel', 'serpentine', 'mode'],
  ...['keepTogether', 'pin', 'times', 'ms', 'percent', 'widthMm', 'gapMm', 'text', 'page', 'level'],
]

/** Rows of the tables of fields that have no picture. */
function withoutPicture(page: string): readonly string[] {
  const [fields = ''] = read(page).split(/^## (?:What can be reported|可能出现的提示)$/m)
  const rows = [...fields.matchAll(/^\| (`?[^`|]+`?)[^|]*\|.*$/gm)]
  return rows
    .filter(([row]) => !row.includes('](fields/') && !/^\| (?:field|字段)|^\|---/.test(row))
    .map(([, name = '']) => name.replaceAll('`', '').trim())
    .filter((name) => !UNSEEN.includes(name))
}

it.each(['docs/receipt.md', 'docs/receipt.zh-CN.md'])('%s shows them all', (page) => {
  const shown = [...read(page).matchAll(/!\[\]\(fields\/([^)]+)\)/g)].map(([, file]) => file)
  expect(shown.toSorted()).toEqual(pictures.map(({ file }) => file).toSorted())
  expect(withoutPicture(page)).toEqual([])
})

it('they are in the repository alone', () => {
  const { files } = JSON.parse(read('package.json')) as { readonly files: readonly string[] }
  expect(files.filter((file) => file.startsWith('docs'))).toEqual(['docs/*.md'])
})
