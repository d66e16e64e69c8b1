/** Writes dist/glyph-data: the glyph files for Node, and each as a module of base64 that `preload` imports elsewhere. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const NAMES = ['fonta', 'fontb', 'gb2312', 'gbk', 'gb18030', 'korean', 'emoji', 'small', 'pin']
const source = new URL('../src/glyphs/data/', import.meta.url)
const target = new URL('../dist/glyph-data/', import.meta.url)

mkdirSync(target, { recursive: true })
for (const name of NAMES) {
  const file = new URL(`${name}.gfd`, source)
  copyFileSync(file, new URL(`${name}.gfd`, target))
  const base64 = readFileSync(file).toString('base64')
  writeFileSync(new URL(`${name}.js`, target), `export const base64 = '${base64}'\n`)
}
