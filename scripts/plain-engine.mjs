/** A plugin of esbuild for libraries that are bundled: they get our decoders instead of the web's, which not every engine has. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = (path) =>
  JSON.stringify(fileURLToPath(new URL(`../src/model/${path}`, import.meta.url)))

/** In place of the globals of the same names, as far as the libraries use them. */
const PRELUDE = `
import { decodeBase64 } from ${source('base64.ts')}
import { decodeUtf8 } from ${source('utf8.ts')}
class TextDecoder { decode(bytes) { return decodeUtf8(bytes) } }
const atob = (text) => Array.from(decodeBase64(text.replace(/\\s+/g, "")), (byte) => String.fromCharCode(byte)).join('')
`

export const plainEngine = {
  name: 'plain-engine',
  setup({ onLoad }) {
    onLoad({ filter: /@cto\.af\/unicode-trie\/index\.js$/ }, ({ path }) => ({
      contents: PRELUDE + readFileSync(path, 'utf8'),
      loader: 'js',
    }))
  },
}
