import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../built.js'

const source = join(root, 'src')
const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

/** The table of rooms in ARCHITECTURE.md: room → rooms that it may import. */
const table = new Map<string, ReadonlySet<string>>()
for (const [, room = '', allowed = ''] of architecture.matchAll(
  /^\| `([\w-]+)` \|[^|]*\|([^|\n]*)\|$/gm,
)) {
  table.set(room, new Set(allowed.split(',').map((name) => name.trim())))
}

interface Import {
  readonly from: string
  readonly to: string
}

const imports: Import[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((from) =>
    [...readFileSync(join(source, from), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(
      ([, path = '']) => ({ from, to: relative(source, join(source, dirname(from), path)) }),
    ),
  )

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : 'main'
}

function between(from: string, to: RegExp): string[] {
  return imports
    .filter((one) => one.from.startsWith(from) && to.test(one.to))
    .map((one) => `${one.from} → ${one.to}`)
}

describe('rooms', () => {
  test('the table names the folders of src, and no others', () => {
    const folders = readdirSync(source, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect([...table.keys()].sort()).toEqual([...folders, 'main'].sort())
  })

  test('a room imports only what the table allows', () => {
    const wrong = imports
      .filter(({ from, to }) => roomOf(from) !== roomOf(to))
      .filter(({ from, to }) => !table.get(roomOf(from))?.has(roomOf(to)))
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  test('the emulator sees the codec and the status bytes, never how strips are lowered', () => {
    expect(
      between('emulator/', /lower|draw-line|draw-row|modes/).filter((one) =>
        one.includes('→ encoders/'),
      ),
    ).toEqual([])
  })

  test('lower and codec do not see each other', () => {
    // To see whether data hold bytes that a printer obeys at once, they are encoded.
    const forRealtime = 'encoders/escpos/lower-symbol.ts → encoders/escpos/codec.js'
    const links = between('encoders/escpos/lower', /codec/)
    expect(links.filter((link) => link !== forRealtime)).toEqual([])
    expect(between('encoders/escpos/codec', /lower/)).toEqual([])
  })

  test('transports do not import each other', () => {
    const links = imports
      .filter(({ from, to }) => from.startsWith('transports/') && to.startsWith('transports/'))
      .filter(({ from, to }) => !from.includes('internal/') && !/internal\/|types\.js/.test(to))
    expect(links.map(({ from }) => from).filter((from) => from !== 'transports/uri.ts')).toEqual([])
  })

  test('every import names a file', () => {
    const lost = imports.filter(({ to }) => {
      const base = to.replace(/\.js$/, '')
      if (to.endsWith('.json')) return !existsSync(join(source, to))
      return !existsSync(join(source, `${base}.ts`)) && !existsSync(join(source, `${base}.d.ts`))
    })
    expect(lost).toEqual([])
  })
})
