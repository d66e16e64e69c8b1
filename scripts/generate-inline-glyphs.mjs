/** Writes dist/glyph-data: the glyph files for Node, and `inline.js`, the same bytes as base64 for browsers. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const names = ['fonta', 'fontb', 'gb2312', 'gbk', 'gb18030', 'emoji']
const source = new URL('../src/glyphs/data/', import.meta.url)
const target = new URL('../dist/glyph-data/', import.meta.url)

const inlineModule = (
  texts,
) => `/** The embedded glyph files as base64, for runtimes without files. Generated. */
const data = {
${texts.map(([name, text]) => `  ${name}: '${text}',`).join('\n')}
}

export function readGlyphData(name) {
  const text = atob(data[name])
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
`

mkdirSync(target, { recursive: true })
const texts = names.map((name) => {
  const file = `${name}.gfd`
  copyFileSync(new URL(file, source), new URL(file, target))
  return [name, readFileSync(new URL(file, source)).toString('base64')]
})
writeFileSync(new URL('inline.js', target), inlineModule(texts))
