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

/** The public modules that join rooms are a folder, and are read as `main`. */
function roomOf(file: string): string {
  const [folder = '', more] = file.split('/')
  return more === undefined || folder === 'entries' ? 'main' : folder
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
      .map((entry) => roomOf(`${entry.name}/`))
    expect([...table.keys()].sort()).toEqual([...folders].sort())
  })

  test('the table is a strict order: a room imports only rooms above it', () => {
    const rooms = [...table.keys()]
    const against = rooms.flatMap((room, i) =>
      [...(table.get(room) ?? [])]
        .filter((allowed) => allowed !== '' && !rooms.slice(0, i).includes(allowed))
        .map((allowed) => `${room} → ${allowed}`),
    )
    expect(against).toEqual([])
  })

  test('the table allows nothing that no file needs', () => {
    const needed = new Set(imports.map(({ from, to }) => `${roomOf(from)} → ${roomOf(to)}`))
    const idle = [...table].flatMap(([room, allowed]) =>
      [...allowed].map((other) => `${room} → ${other}`).filter((link) => !needed.has(link)),
    )
    expect(idle.filter((link) => !link.endsWith('→ '))).toEqual([])
  })

  test('a room imports only what the table allows', () => {
    const wrong = imports
      .filter(({ from, to }) => roomOf(from) !== roomOf(to))
      .filter(({ from, to }) => !table.get(roomOf(from))?.has(roomOf(to)))
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  test.each(['paper', 'emulator', 'device', 'inspect'])(
    '%s sees the codec and the status bytes, never how strips are lowered',
    (room) => {
      expect(
        between(`${room}/`, /lower|draw-line|draw-row|modes/).filter((one) =>
          one.includes('→ encoders/'),
        ),
      ).toEqual([])
    },
  )

  test('lower and codec do not see each other', () => {
    expect(between('encoders/escpos/lower', /codec/)).toEqual([])
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
