/**
 * Builds `xiaopiao/small` and `xiaopiao/small-gbk` from the same sources, but replaces the modules that draw dots by an error, and the tables
 * of elements and characters by smaller ones. A test compares their bytes with those of the whole library.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { plainEngine } from './plain-engine.mjs'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** Modules whose functions only throw. */
const ABSENT =
  /(encoders\/escpos\/(lower-symbol|lower-image|lower-page|draw-line|draw-row|pin-line|column-image)|symbols\/\S+)\.ts$/

/** Modules that are replaced by other modules. */
const INSTEAD = {
  'elements/index.ts': 'elements/small-elements.ts',
  'layout/unicode-breaks.ts': 'layout/small-breaks.ts',
}

/** Modules that are replaced by less code in the small builds. */
const LESS = {
  'glyphs/glyphs.ts': 'export const hasGlyph = () => false',
  'encoders/escpos/drawn-blocks.ts': 'export const drawnBlocks = () => []',
  // The small builds have no labels.
  'elements/labels.ts': "export const pageSchema = { type: 'never' }, layoutLabels = () => []",
  // Letters of shaped scripts are drawn as dots, and no element of the small builds uses a buzzer.
  'layout/directions.ts':
    'export const withLevels = (flow) => flow, seenOrder = () => undefined, seenPoint = seenOrder',
  'layout/right-to-left.ts':
    'export const boundUnits = (text, units) => units, hasRightToLeft = () => false',
  'charsets/shape-script.ts':
    "export const scriptStretch = () => undefined, pushLetters = () => '', meetScript = () => {}",
  'encoders/escpos/device-state.ts': 'export class DeviceState { lower() {} restore() {} }',
  'encoders/escpos/commands/images.ts': 'export const imageCommands = []',
  'encoders/escpos/commands/page-mode.ts': 'export const pageModeCommands = []',
  'encoders/escpos/commands/settings.ts': 'export const settingsCommands = []',
  'encoders/escpos/commands/symbols.ts': 'export const symbolCommands = []',
  'encoders/escpos/commands/status.ts': 'export const statusCommands = []',
  'encoders/escpos/commands/vendor.ts': 'export const vendorCommands = []',
  'charsets/tables/big5.gen.ts': 'export const segments = []',
  'charsets/tables/euc-kr.gen.ts': 'export const segments = []',
  'charsets/tables/shift-jis.gen.ts': 'export const segments = []',
  'charsets/tables/gb18030.gen.ts': 'export const fourByteRanges = []',
}
/** Modules that are also replaced in the build without two-byte characters. */
const NO_HANZI = {
  'charsets/zones.ts':
    'let none; export const zoneCodes = () => (none ??= new Uint16Array(0x10000)), fourByteCode = () => 0',
}

/** The code pages that nearly every printer has. A profile may name others, whose characters a small build does not print. */
const PAGES =
  /^ {2}'?(cp437|cp737|cp775|cp850|cp852|cp855|cp857|cp858|cp86[01356]|cp869|cp125[012347]|iso8859-(2|7|15)|katakana|rk1048)'?:/

/** Returns the table of code pages with the characters of the common pages only. */
function withPages(text) {
  return text.replace(/^ {2}'[^']+':\n? +'[^\n]*',\n/gm, (entry) =>
    PAGES.test(entry) ? entry : entry.replace(/:\n? +'[^\n]*',\n/, ": '".concat("',\n")),
  )
}

/** Returns only the names of the vendors' page tables, because a profile is checked against them. */
function withoutNumbers(text) {
  return text.replace(/^ {4}\d+: .*\n/gm, '')
}

/** The one module for all functions that throw. */
const THROWS = `import { ReceiptError } from '${source}model/errors.ts'
export const absent = () => {
  throw new ReceiptError('this text can only be printed as dots', {
    code: 'NOT_IN_SMALL',
    hint: "import { compile } from 'xiaopiao'",
  })
}
`

/** Makes the plugin. @param used gets the names of all modules that are loaded */
function parts(less, used) {
  return {
    name: 'small-parts',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const name = path.replaceAll('\\', '/').replace(source.replaceAll('\\', '/'), '')
        used.add(name)
        const other = INSTEAD[name]
        if (other !== undefined) {
          return { contents: `export * from '${source}${other}'`, loader: 'ts', resolveDir: source }
        }
        if (name === 'charsets/tables/code-pages.gen.ts') {
          return { contents: withPages(readFileSync(path, 'utf8')), loader: 'ts' }
        }
        if (name === 'charsets/page-tables.ts') {
          return { contents: withoutNumbers(readFileSync(path, 'utf8')), loader: 'ts' }
        }
        if (less[name] !== undefined) return { contents: less[name], loader: 'js' }
        if (!ABSENT.test(name)) return undefined
        const text = readFileSync(path, 'utf8')
        const names = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, one]) => one)
        return { contents: `export { absent as ${names.join(', absent as ')} } from 'absent'` }
      })
      onResolve({ filter: /^absent$/ }, ({ path }) => ({ path, namespace: 'absent' }))
      onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
        contents: THROWS,
        resolveDir: source,
      }))
    },
  }
}

/** @param dist folder of the build */
export async function writeSmall(dist) {
  const entries = { small: [], 'small-gbk': ['gb2312', 'gbk'] }
  const used = new Set()
  for (const [name, zones] of Object.entries(entries)) {
    const less = zones.length > 0 ? LESS : { ...LESS, ...NO_HANZI }
    await build({
      entryPoints: [`${source}entries/${name}.ts`],
      outfile: `${dist}/${name}.js`,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'node20',
      charset: 'utf8',
      external: ['#*'],
      alias: { fflate: 'fflate/browser' },
      define: { __XIAOPIAO_SMALL_ZONES__: JSON.stringify(zones) },
      plugins: [parts(less, used), plainEngine],
      logLevel: 'warning',
    })
  }
  // A renamed module would not be replaced, which only the size of the build would show.
  const unused = Object.keys({ ...INSTEAD, ...LESS, ...NO_HANZI }).filter((file) => !used.has(file))
  if (unused.length > 0) throw new Error(`no module of the small builds is ${unused.join(', ')}`)
}
