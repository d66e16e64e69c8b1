/** Reads the glyph files in Node, with zlib: beside this module in the sources, in `glyph-data/` of the built package. */
import { XiaopiaoError } from '../model/errors.js'
import { packageFiles } from '../model/package-files.node.js'
import { codeOf } from '../model/realms.js'

type GlyphSetName =
  | 'fonta'
  | 'fontb'
  | 'gb2312'
  | 'gbk'
  | 'gb18030'
  | 'korean'
  | 'emoji'
  | 'small'
  | 'pin'

// Node's modules are not imported, because that would slow down every start-up, and most receipts need no glyph.
const { getBuiltinModule } = process

const FOLDERS = ['./data/', './', './glyph-data/', '../glyph-data/']

/** Reads the glyph file. Throws `GLYPH_DATA_MISSING` if the package was bundled without its glyph files. */
export function readGlyphData(name: GlyphSetName): Uint8Array {
  const here = import.meta.url
  for (const path of packageFiles(here, FOLDERS, name)) {
    const bytes = tryRead(`${path}.gfd`) ?? moduleBytes(tryRead(`${path}.js`))
    if (bytes !== undefined) return viewOf(bytes)
  }
  throw new XiaopiaoError(`the glyph file ${name}.js is missing`, {
    code: 'GLYPH_DATA_MISSING',
    path: here,
    hint: 'keep xiaopiao external in your bundler, or copy the files of its dist/glyph-data folder beside the bundle',
  })
}

/** Decodes a glyph file of the package, which is a module with base64, because engines other than Node can only import it. */
function moduleBytes(source: Buffer | undefined): Buffer | undefined {
  if (source === undefined) return undefined
  const text = source.toString('latin1')
  return Buffer.from(text.slice(text.indexOf("'") + 1, text.lastIndexOf("'")), 'base64')
}

/** Compresses `data` to a zlib stream. A level above 1 would make papers one per cent smaller, and take a third more time. */
export function deflateZlib(data: Uint8Array): Uint8Array {
  return viewOf(getBuiltinModule('node:zlib').deflateSync(data, { level: 1 }))
}

/** A plain array over a Buffer's bytes, which may be part of a pool. */
function viewOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function tryRead(path: string): Buffer | undefined {
  try {
    return getBuiltinModule('node:fs').readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
