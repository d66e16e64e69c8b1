/** Receipts in YAML and in the text form on the command line. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { generic58 } from '../../src/profiles/index.js'
import { built, sale } from '../jsx/sale.js'
import { runHere } from './run-here.js'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-writing-'))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const data = write('sale.yaml', JSON.stringify(sale))

it.each(['bill.receipt.yaml', 'bill.receipt.json'])(
  '%s prints the bytes of the builders',
  async (name) => {
    const path = fileURLToPath(new URL(`../writing/${name}`, import.meta.url))
    const output = join(folder, 'out.bin')
    const ran = await runHere(
      'compile',
      path,
      '--data',
      data,
      '--profile',
      'generic-58',
      '-o',
      output,
    )
    expect(ran).toMatchObject({ code: 0 })
    const bytes = compile(built, { profile: generic58 }).bytes
    expect(new Uint8Array(readFileSync(output))).toEqual(bytes)
  },
)

it('the text form is taken by its ending, with partials and data in YAML', async () => {
  const path = write('menu.receipt.md', '# {{ shop }}\n合计 :: {{ total }}\n@cut')
  const output = join(folder, 'menu.txt')
  const ran = await runHere(
    'preview',
    path,
    '--data',
    data,
    '--profile',
    'generic-58',
    '-o',
    output,
  )
  expect(ran).toMatchObject({ code: 0 })
  expect(readFileSync(output, 'utf8')).toContain('老城面馆'.slice(1))
})

it('mistakes name the file, the line and the column', async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a.yaml', 'nodes: [', 'error YAML_INVALID at line 1, column 9: '],
    ['b.md', 'a\n> b', 'error TEXT_INVALID at line 2, column 1: '],
    [
      'c.yaml',
      'nodes:\n- {kind: text, text: "{{ none }}"}',
      'error TEMPLATE_VALUE_MISSING at nodes[0].text (line 2, column 16)',
    ],
    [
      'd.yml',
      'nodes:\n- {kind: text, text: a, size: 9}',
      'error RECEIPT_INVALID at nodes[0].size (line 2, column 25)',
    ],
    ['e.md', 'a\n![ean13](1)', 'error BARCODE_DATA at nodes[1].data (line 2, column 1)'],
  ]
  for (const [name, text, message] of cases) {
    const path = write(name, text)
    const ran = await runHere(
      'compile',
      path,
      '--profile',
      'generic-58',
      '-o',
      join(folder, 'no.bin'),
    )
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(message)
    if (message.includes(': ')) expect(ran.stderr).toContain(name)
  }
})
