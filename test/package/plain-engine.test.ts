import vm from 'node:vm'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { decodeBase64 } from '../../src/model/base64.js'
import { decodeUtf8, encodeUtf8 } from '../../src/model/utf8.js'
import { ensureBuilt, root } from '../built.js'

beforeAll(ensureBuilt)

/** What a program prints in an engine that has ECMAScript alone, and the modules that its bundle holds. */
async function runInPlainEngine(source: string): Promise<{ result: unknown; modules: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    metafile: true,
    write: false,
  })
  const [output] = Object.values(metafile.outputs)
  const engine = vm.createContext({})
  await (vm.runInContext(outputFiles[0]?.text ?? '', engine) as undefined)
  const result = vm.runInContext('globalThis.result', engine) as unknown
  return { result: await result, modules: Object.keys(output?.inputs ?? {}) }
}

const imports = `
import { compile, text, qr, symbol } from 'xiaopiao'
import { generic58 } from 'xiaopiao/profiles/generic-58'
const bytesOf = (...nodes) => compile({ nodes }, { profile: generic58 }).bytes
const failure = (run) => { try { run() } catch (error) { return [error.name, error.code, error.hint] } }
`
const DATA = /glyph-data\/\w+\.js$|symbol-generator\/bundled|fflate|data-loader/

test('plain text and QR codes, without glyphs, generators and anything of the web', async () => {
  const { result, modules } = await runInPlainEngine(
    `${imports}globalThis.result = [...bytesOf(text('小票 ¥12.50'), qr('https://example.com/小票'))].join()`,
  )
  expect(String(result).split(',').length).toBeGreaterThan(40)
  expect(modules.filter((file) => DATA.test(file))).toEqual([])
  expect(modules.filter((file) => file.startsWith('dist/')).length).toBeGreaterThan(5)
})

test('what has to be loaded is named with its call', async () => {
  const { result } = await runInPlainEngine(`${imports}globalThis.result = [
    failure(() => bytesOf(text('𠮷'))), failure(() => bytesOf(text('🧋'))),
    failure(() => bytesOf(symbol('pdf417', 'abc'))),
  ]`)
  expect(result).toEqual(
    ['hanzi', 'emoji', 'symbols'].map((set) => [
      'XiaopiaoError',
      'DATA_NOT_LOADED',
      expect.stringContaining(`await preload('${set}')`),
    ]),
  )
})

test('loaded, they give the bytes and the paper that Node gives', async () => {
  const program = `
import { preload } from 'xiaopiao/preload'
import { printBytes, paperToText, paperToSvg } from 'xiaopiao/preview'
${imports}
globalThis.result = preload().then(() => {
  const bytes = bytesOf(text('小票 𠮷 🧋 각'), symbol('pdf417', 'abc'))
  const paper = printBytes(bytes, generic58)
  return { bytes: bytes.join(), dots: paper.bitmap.data.join(), text: paperToText(paper), svg: paperToSvg(paper) }
})`
  const { result } = await runInPlainEngine(program)
  const { compile, symbol, text } = await import('../../src/index.js')
  const { generic58 } = await import('../../src/profiles/generic-58.js')
  const { paperToSvg, paperToText, printBytes } = await import('../../src/entries/preview.js')
  const nodes = [text('小票 𠮷 🧋 각'), symbol('pdf417', 'abc')]
  const { bytes } = compile({ nodes }, { profile: generic58 })
  const paper = printBytes(bytes, generic58)
  expect(result).toEqual({
    bytes: bytes.join(),
    dots: paper.bitmap.data.join(),
    text: paperToText(paper),
    svg: paperToSvg(paper),
  })
})

test('a paper without text is a PNG before anything is loaded', async () => {
  const { result } = await runInPlainEngine(`
import { paperToPng, printBytes } from 'xiaopiao/preview'
${imports}
globalThis.result = [...paperToPng(printBytes(bytesOf({ kind: 'feed', lines: 80 }, qr('a')), generic58))].join()`)
  const { decode } = await import('fast-png')
  const { width, height, data } = decode(Uint8Array.from(String(result).split(','), Number))
  expect([width, height > 2400]).toEqual([384, true])
  expect(data.some((byte) => byte !== 0xff)).toBe(true)
})

test('base64 and UTF-8 as the web has them', () => {
  const text = 'a é 小票 𠮷 \u{10ffff} \0'
  expect(encodeUtf8(text)).toEqual(new Uint8Array(Buffer.from(text)))
  expect(encodeUtf8('\ud842')).toEqual(new Uint8Array([0xef, 0xbf, 0xbd]))
  expect(decodeUtf8(encodeUtf8(text))).toBe(text)
  for (const length of [0, 1, 2, 3, 4, 255]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7)
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
  }
})
