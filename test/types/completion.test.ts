/** What an editor says: mistakes in JSX, builders and templates are errors, and completion offers what fits. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { root } from '../built.js'

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
)

const files = new Map<string, string>()
const service = ts.createLanguageService({
  getScriptFileNames: () => [...files.keys()],
  getScriptVersion: (name) => String(files.get(name)?.length ?? 0),
  getScriptSnapshot: (name) => {
    const text =
      files.get(name) ?? (ts.sys.fileExists(name) ? readFileSync(name, 'utf8') : undefined)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => ({ ...options, types: [], noUnusedLocals: false }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => files.has(name) || ts.sys.fileExists(name),
  readFile: (name) => files.get(name) ?? ts.sys.readFile(name),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
})

let count = 0

/** A file beside the tests, with the cursor at `|` if it is there. */
function open(text: string): { readonly name: string; readonly cursor: number } {
  const name = join(root, 'test/types', `scratch-${count++}.tsx`)
  const whole = `import { field, text, qr, compile } from '../../src/index.js'
import { bind, type Template } from '../../src/template/index.js'
import { bound, receiptOf } from '../../src/jsx/index.js'
declare const generic58: import('../../src/index.js').Profile
${text}
export {}
`
  const cursor = whole.indexOf('¦')
  files.set(name, whole.replace('¦', ''))
  return { name, cursor }
}

function mistakesIn(text: string): readonly string[] {
  const { name } = open(text)
  return service
    .getSemanticDiagnostics(name)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

function offered(text: string): readonly string[] {
  const { name, cursor } = open(text)
  const found = service.getCompletionsAtPosition(name, cursor, {})?.entries ?? []
  return found.map((entry) => entry.name)
}

it('what is right has no mistakes', () => {
  expect(
    mistakesIn(`
const sale: Template<{ shop: string }> = { nodes: [{ kind: 'text', text: '{{ shop }}' }] }
bind(sale, { shop: 'a' })
compile({ nodes: [text('a', { bold: true }), field('a', 'b'), qr('x')] }, { profile: generic58 })
function Row({ name }: { readonly name: string }) {
  return <tr><td bold={bound('vip')}>{name}</td></tr>
}
receiptOf(
  <receipt title="a">
    <text bold size={2} align="center">a{1}{null}<span inverse>b</span></text>
    {[1, 2].map((n) => <text key={n}>{n}</text>)}
    {text('built')}
    <columns columns={[{ width: '1fr' }]}><Row name="a" key="k" /></columns>
    <field label="a" value={<span bold>b</span>} />
    <qr data="x" level="Q" module="fit" />
    <box border="double" title={<span bold>a</span>} fill="grey" margin="2mm"><text>a</text></box>
    <banner padding={4}>a</banner>
    <row gap={2}><cell width="1fr" valign="middle"><text><span strike nowrap>a</span></text></cell></row>
    <rule line="wave" thickness={3} />
    <buzzer times={2} /><density percent={110} /><speed level={3} />
  </receipt>,
)
receiptOf(
  <receipt page={{ heightMm: 30, gapMm: 2 }}>
    <label fit valign="bottom"><text at={{ xMm: 1, yMm: 2 }}>a</text></label>
  </receipt>,
)`),
  ).toEqual([])
})

it.each([
  ['a wrong element', `<txet>a</txet>`, /Property 'txet' does not exist on type/],
  ['a wrong field', `<text blod>a</text>`, /'blod' does not exist|is not assignable/],
  ['a wrong value', `<text size="big">a</text>`, /"big"' is not assignable/],
  ['a wrong choice', `<text align="middle">a</text>`, /"middle"' is not assignable/],
  ['a field that is missing', `<qr level="Q" />`, /Property 'data' is missing/],
  ['children where there are none', `<cut>a</cut>`, /'children'|no properties in common/],
  ['a wrong border', `<box border="treble"><text>a</text></box>`, /"treble"' is not assignable/],
  ['a wrong line', `<rule line="straight" />`, /"straight"' is not assignable/],
  ['a wrong place on a label', `<text at={{ x: 1 }}>a</text>`, /'x' does not exist|not assignable/],
  ['a page without a height', `<receipt page={{ gapMm: 2 }} />`, /'heightMm' is missing/],
  ['text in a row', `<row>a</row>`, /is not assignable|text/],
  ['bytes of a node', `<raw bytes={new Uint8Array(1)} />`, /Property 'raw' does not exist/],
  ['text among nodes', `<group>a</group>`, /is not assignable|text/],
  ['no children where text is', `<text bold />`, /'children' is missing/],
  [
    'a wrong prop of a component',
    `const C = ({ n }: { readonly n: number }) => <text>{n}</text>; <C n="a" />`,
    /'string' is not assignable to type 'number'/,
  ],
  ['an object as text', `<text>{new Date()}</text>`, /Date/],
  ['a builder with a wrong field', `text('a', { blod: true })`, /'blod' does not exist/],
  ['a builder with a wrong value', `text('a', { align: 'middle' })`, /"middle"' is not assignable/],
  [
    'a node that is none',
    `compile({ nodes: [{ kind: 'txet', text: 'a' }] }, { profile: generic58 })`,
    /'"txet"'|is not assignable/,
  ],
  [
    'a field of the data that is missing',
    `const t: Template<{ shop: string }> = { nodes: [] }; bind(t, {})`,
    /'shop' is missing/,
  ],
  [
    'a field of the data that is unknown',
    `const t: Template<{ shop: string }> = { nodes: [] }; bind(t, { shop: 'a', shpo: 'b' })`,
    /'shpo' does not exist/,
  ],
])('%s is an error', (_, text, message) => {
  const mistakes = mistakesIn(text)
  expect(mistakes.length).toBeGreaterThan(0)
  expect(mistakes.join('\n')).toMatch(message)
})

it('completion offers elements, fields and values', () => {
  expect(offered('const a = <¦')).toEqual(
    expect.arrayContaining([
      'text',
      'columns',
      'qr',
      'receipt',
      'row',
      'each',
      'box',
      'banner',
      'label',
      'buzzer',
    ]),
  )
  const fields = offered('const a = <text ¦>a</text>')
  expect(fields).toEqual(expect.arrayContaining(['bold', 'size', 'align', 'wrap']))
  expect(fields).not.toContain('data')
  expect(offered('const a = <qr ¦ />')).toEqual(expect.arrayContaining(['data', 'level', 'module']))
  expect(offered(`const a = <text align="¦">a</text>`)).toEqual(
    expect.arrayContaining(['left', 'center', 'right']),
  )
  expect(offered('const a = <box ¦ />')).toEqual(
    expect.arrayContaining(['border', 'padding', 'fill', 'title', 'margin']),
  )
  expect(offered('const a = <label ¦ />')).toEqual(expect.arrayContaining(['valign', 'fit']))
  expect(offered('const a = <box border="¦" />')).toEqual(
    expect.arrayContaining(['single', 'double', 'thick', 'dashed', 'none']),
  )
  expect(offered('const a = <rule line="¦" />')).toEqual(
    expect.arrayContaining(['solid', 'dashed', 'dotted', 'double', 'wave', 'cut']),
  )
  expect(offered('const a = <text><span ¦>a</span></text>')).toEqual(
    expect.arrayContaining(['strike', 'nowrap', 'bold']),
  )
  expect(offered(`text('a', { ¦ })`)).toEqual(expect.arrayContaining(['bold', 'indent']))
  expect(offered(`compile({ nodes: [{ kind: '¦' }] }, { profile: generic58 })`)).toEqual(
    expect.arrayContaining(['text', 'columns', 'qr']),
  )
  expect(
    offered(`const t: Template<{ shop: string, total: number }> = { nodes: [] }; bind(t, { ¦ })`),
  ).toEqual(expect.arrayContaining(['shop', 'total']))
})
