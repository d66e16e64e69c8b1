/** `xiaopiao lint` and `xiaopiao template check`. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runHere } from './run-here.js'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-lint-'))

function write(name: string, value: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('lint', () => {
  it('reports small codes, lines that wrap and characters that the printer lacks', async () => {
    const nodes = [
      { kind: 'text', text: '一行太长的文字，在五十八毫米的纸上要换行才打得下' },
      { kind: 'text', text: 'a\ud55c' },
      { kind: 'qr', data: 'https://example.com', module: 2 },
      { kind: 'barcode', symbology: 'code128', data: '1234567890123456789012345678', module: 1 },
    ]
    const path = write('bad.json', { nodes })
    const { code, stdout } = await runHere('lint', path, '--profile', 'generic-58')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^info LINE_WRAPS at nodes\[0\]: it takes 2 lines on this paper/m)
    expect(stdout).toMatch(
      /^warning CODE_SMALL at nodes\[2\]: a module of the qr is 0\.\d\d mm wide/m,
    )
    expect(stdout).toMatch(
      /^warning CODE_SMALL at nodes\[3\]: a module of the code128 is 0\.13 mm wide/m,
    )
    const json = await runHere('lint', path, '--profile', 'generic-58', '--json')
    const codes = (JSON.parse(json.stdout) as { code: string }[]).map((one) => one.code)
    expect(codes).toEqual(expect.arrayContaining(['LINE_WRAPS', 'CODE_SMALL']))
  })

  it('is content with what is right', async () => {
    const nodes = [
      { kind: 'text', text: '谢谢惠顾' },
      { kind: 'qr', data: 'https://example.com' },
    ]
    const ran = await runHere('lint', write('good.json', { nodes }), '--profile', 'generic-80')
    expect(ran).toMatchObject({ code: 0, stdout: 'nothing found\n' })
  })
})

describe('template check', () => {
  const items = {
    type: 'array',
    items: {
      type: 'object',
      properties: { name: { type: 'string' }, fen: { type: 'integer' }, note: { type: 'string' } },
    },
  }
  const schema = {
    type: 'object',
    required: ['shop', 'items'],
    properties: { shop: { type: 'string' }, phone: { type: 'string' }, items },
  }
  const nodes = [
    { kind: 'text', text: '{{ shop }}' },
    {
      kind: 'columns',
      columns: [{}, { width: 'auto', align: 'decimal' }],
      rows: [{ kind: 'each', in: 'items', do: [['{{ item.name }}', '{{ item.fen | money }}']] }],
    },
  ]

  it('reports fields that nothing uses, samples that are missing, and what does not fit', async () => {
    const sample = { shop: '面馆', phone: '1', items: [{ name: '面', fen: 100 }] }
    const wide = { kind: 'text', text: 'x'.repeat(40), wrap: 'none' }
    const path = write('a.json', { data: { schema, sample }, nodes: [...nodes, wide] })
    const { code, stdout } = await runHere('template', 'check', path)
    expect(code).toBe(1)
    expect(stdout.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'warning DATA_FIELD_UNUSED at data.schema: phone',
      'warning DATA_FIELD_UNUSED at data.schema: items[].note',
      'warning SAMPLE_FIELD_MISSING at data.sample: items[].note',
      'warning TEXT_CLIPPED at nodes[2]: 58 mm',
      '',
    ])
  })

  it('refuses a sample that the schema refuses, with the path in it', async () => {
    const path = write('b.json', { data: { schema, sample: { shop: 1, items: [] } }, nodes })
    const { code, stderr } = await runHere('template', 'check', path)
    expect(code).toBe(1)
    expect(stderr).toContain('error DATA_INVALID at shop: ')
  })

  it('refuses a schema that nothing checks, a template without a sample, and takes one beside it', async () => {
    const format = { type: 'string', format: 'date' }
    const odd = write('c.json', {
      data: { schema: { properties: { a: format } }, sample: {} },
      nodes: [],
    })
    expect((await runHere('template', 'check', odd)).stderr).toContain(
      'error TEMPLATE_SCHEMA_INVALID',
    )
    const bare = write('d.json', { nodes })
    expect((await runHere('template', 'check', bare)).stderr).toContain('error SAMPLE_MISSING')
    const data = write('d.data.yaml', 'shop: 面馆\nitems: []')
    expect(await runHere('template', 'check', bare, '--data', data)).toMatchObject({
      code: 0,
      stdout: 'nothing found\n',
    })
  })
})

it('fonts print the scripts that they have', async () => {
  const file = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
  )
  const path = write('thai.json', { nodes: [{ kind: 'text', text: 'ขอบคุณ' }] })
  const without = await runHere('lint', path, '--profile', 'generic-58')
  expect(without.stdout).toContain('npm install harfbuzzjs bidi-js')
  const given = await runHere('lint', path, '--profile', 'generic-58', '--font', file)
  expect(given.stdout).not.toContain('SCRIPT_UNSUPPORTED')
  const missing = await runHere('lint', path, '--profile', 'generic-58', '--font', 'none.ttf')
  expect(missing.code).not.toBe(0)
})
