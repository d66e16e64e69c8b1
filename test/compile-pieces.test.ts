/** `compilePieces`: the bytes of `compile`, in memory that does not grow with the rows. */

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bundleSource } from '../scripts/bundle-source.mjs'
import { type CompileOptions, compile, compilePieces } from '../src/compile.js'
import { columns } from '../src/elements/columns.js'
import { cut } from '../src/elements/cut.js'
import type { Receipt } from '../src/elements/nodes.js'
import { text } from '../src/elements/text.js'
import type { Diagnostic } from '../src/model/diagnostic.js'
import { generic58, generic80 } from '../src/profiles/index.js'
import {
  fixtureFonts,
  fixtureImages,
  fixtureNames,
  fixtureReceipt,
  languageNames,
} from './goldens/fixtures.js'
import { languages } from './goldens/languages.js'

/** A list that makes each row when it is asked for it, so that it takes no memory itself. */
function listOf<T extends object>(length: number, make: (i: number) => T): readonly T[] {
  return new Proxy<T[]>([], {
    get: (target, key) =>
      key === 'length'
        ? length
        : typeof key === 'string' && /^\d/.test(key)
          ? make(+key)
          : target[key as never],
  })
}

const tableOf = (count: number): Receipt => ({
  nodes: [
    text('日报', { align: 'center', size: 2 }),
    columns(
      [{ width: 18 }, { width: 6, align: 'right' }, { width: 8, align: 'right' }],
      listOf(count, (i) => [
        `第${i}号 红烧牛肉面（大份加肉）`.slice(0, 4 + (i % 17)),
        '2',
        `${i % 97}.50`,
      ]),
      { gap: 0 },
    ),
    cut(),
  ],
})

function piecesOf(receipt: Receipt, options: CompileOptions) {
  const diagnostics: Diagnostic[] = []
  const onDiagnostic = (one: Diagnostic) => void diagnostics.push(one)
  const pieces = [...compilePieces(receipt, { ...options, onDiagnostic })]
  return { pieces, bytes: Buffer.concat(pieces), diagnostics }
}

function sorted(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((one) => JSON.stringify(one)).sort()
}

const papers = [...fixtureNames, ...languageNames].flatMap((name) =>
  (languages[name]?.map(({ profile }) => profile) ?? [generic58, generic80]).map((profile) => ({
    name,
    printer: profile.id,
    profile,
  })),
)

describe('compilePieces', () => {
  it.each(papers)('$name on $printer: bytes and diagnostics of compile', ({ name, profile }) => {
    const fonts = name === 'scripts' ? fixtureFonts : undefined
    const receipt = fixtureReceipt(name) as Receipt
    const options = { profile, images: fixtureImages, fonts }
    const whole = compile(receipt, options)
    const found = piecesOf(receipt, options)
    expect(found.bytes.equals(whole.bytes)).toBe(true)
    // Those of layout and of lowering come in turn, where compile has one after the other.
    expect(sorted(found.diagnostics)).toEqual(sorted(whole.diagnostics))
  })

  it('gives a long table in pieces of some 64 KB', () => {
    const receipt = tableOf(20_000)
    const { pieces, bytes } = piecesOf(receipt, { profile: generic58 })
    expect(bytes.equals(compile(receipt, { profile: generic58 }).bytes)).toBe(true)
    const sizes = pieces.map(({ length }) => length)
    expect(sizes.length).toBeGreaterThan(5)
    expect(Math.max(...sizes)).toBeLessThan(100_000)
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(65_536)
  })

  it('lays rows out when their piece is asked for, and keeps none of them', () => {
    let last = 0
    const rows = listOf(100_000, (i) => {
      last = i
      return [`${i}`]
    })
    const receipt = { nodes: [columns([{ width: 32 }], rows)] }
    const pieces = compilePieces(receipt, { profile: generic58 })
    // The check has read them all.
    last = 0
    const first = pieces.next().value as Uint8Array
    expect(first.length).toBeGreaterThanOrEqual(65_536)
    expect(last).toBeGreaterThan(1000)
    expect(last).toBeLessThan(20_000)
  })

  it('keeps no more between two pieces of 100,000 rows than of 1,000', () => {
    const bundle = bundleSource(
      `pieces-${process.pid}`,
      `export { compilePieces } from './src/compile.ts'
       export { columns } from './src/elements/columns.ts'
       export { generic58 } from './src/profiles/generic-58.ts'`,
    )
    const child = fileURLToPath(new URL('pieces-child.mjs', import.meta.url))
    try {
      // The strip of so many rows, which compile keeps, takes 60 MB.
      const flags = ['--max-old-space-size=32', '--expose-gc']
      const output = execFileSync(process.execPath, [...flags, child, bundle, '100000'], {
        encoding: 'utf8',
      })
      const { bytes, pieces, kept } = JSON.parse(output)
      expect(bytes).toBeGreaterThan(3_000_000)
      expect(pieces).toBeGreaterThan(40)
      expect(kept).toBeLessThan(3_000_000)
    } finally {
      rmSync(new URL(bundle))
    }
  })

  it('refuses options and receipts before a piece is asked for', () => {
    const options = { profile: generic58 }
    expect(() => compilePieces({ nodes: [{ kind: 'txt' }] } as never, options)).toThrow(/txt/)
    expect(() => compilePieces({ nodes: [] }, { ...options, onDiagnostic: 5 } as never)).toThrow(
      /onDiagnostic/,
    )
  })
})
