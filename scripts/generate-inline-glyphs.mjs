/** Writes dist/glyph-data: the glyph files for Node, and `inline.js`, the same bytes as base64 for browsers. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const names = ['fonta', 'fontb', 'gb2312', 'gbk', 'gb18030', 'korean', 'emoji', 'small', 'pin']
const source = new URL('../src/glyphs/data/', import.meta.url)
const target = new URL('../dist/glyph-data/', import.meta.url)

const inlineModule = (texts) => `
import { inflateSync } from 'fflate/browser'

const data = {
${texts.map(([name, text]) => `  ${name}: '${text}',`).join('\n')}
}

export function readGlyphData(name) {
  const text = atob(data[name])
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export function inflateBlock(block, size) {
  return inflateSync(block, { out: new Uint8Array(size) })
}
`

mkdirSync(target, { recursive: true })
const texts = names.map((name) => {
  const file = `${name}.gfd`
  copyFileSync(new URL(file, source), new URL(file, target))
  return [name, readFileSync(new URL(file, source)).toString('base64')]
})
buildSync({
  stdin: {
    contents: inlineModule(texts),
    resolveDir: fileURLToPath(new URL('..', import.meta.url)),
  },
  outfile: fileURLToPath(new URL('inline.js', target)),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'error',
})
