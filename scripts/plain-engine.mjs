/** A plugin of esbuild that gives bundled libraries our decoders in place of the web's, which not every engine has. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = (path) =>
  JSON.stringify(fileURLToPath(new URL(`../src/model/${path}`, import.meta.url)))

/** Replaces the globals of the same names, as far as the libraries use them. */
const PRELUDE = `
import { decodeBase64 } from ${source('base64.ts')}
import { decodeUtf8, encodeUtf8 } from ${source('utf8.ts')}
const latin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
class TextDecoder {
  constructor(encoding) { this.decode = encoding === 'latin1' ? latin1 : decodeUtf8 }
}
class TextEncoder { encode(text) { return encodeUtf8(text) } }
const atob = (text) => latin1(decodeBase64(text.replace(/\\s+/g, '')))
`

export const plainEngine = {
  name: 'plain-engine',
  setup({ onLoad }) {
    const filter = /node_modules.(@cto\.af|iobuffer|fast-png).*\.m?js$/
    onLoad({ filter }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
      const uses = /\b(TextDecoder|TextEncoder|atob)\b/.test(contents)
      return { contents: uses ? PRELUDE + contents : contents, loader: 'js' }
    })
  },
}
