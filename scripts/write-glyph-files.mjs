/** Writes dist/glyph-data: each glyph file as a module of base64, which Node reads as a file and `preload` imports elsewhere. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const NAMES = ['fonta', 'fontb', 'gb2312', 'gbk', 'gb18030', 'korean', 'emoji', 'small', 'pin']
const source = new URL('../src/glyphs/data/', import.meta.url)
const target = new URL('../dist/glyph-data/', import.meta.url)

mkdirSync(target, { recursive: true })
for (const name of NAMES) {
  const file = new URL(`${name}.gfd`, source)
  const base64 = readFileSync(file).toString('base64')
  writeFileSync(new URL(`${name}.js`, target), `export const base64 = '${base64}'\n`)
}
