/** Reads the vendor hex of fixtures/spec: `kind | hex | fields | source`, one example a line. */

import { readdirSync, readFileSync } from 'node:fs'
import type { Command } from '../../src/encoders/escpos/commands/index.js'

export interface SpecLine {
  readonly place: string
  readonly bytes: Uint8Array
  readonly command: Command
  readonly source: string
}

const folder = new URL('../../fixtures/spec/', import.meta.url)

export function readSpecLines(): SpecLine[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .map((line, i) => ({ line, place: `${name}:${i + 1}` }))
        .filter(({ line }) => line !== '' && !line.startsWith('#'))
        .map(({ line, place }) => parseLine(line, place)),
    )
}

/** What stands behind a line, by the note that ends its source. */
export type Evidence = 'vendor' | 'program' | 'users' | 'none'

export function evidenceOf(source: string): Evidence {
  if (/\[as implemented by [^\]]+\]$/.test(source)) return 'program'
  if (source.endsWith('[as reported by users]')) return 'users'
  return source === '' || /\[(as|page|unverified)\b/.test(source) ? 'none' : 'vendor'
}

function parseLine(line: string, place: string): SpecLine {
  const [kind = '', hex = '', fields = '', source = ''] = line.split(' | ')
  const values = JSON.parse(fields, (_key, value) =>
    typeof value === 'string' ? fromHex(value) : value,
  )
  return { place, bytes: fromHex(hex), command: { kind, ...values } as Command, source }
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex === '' ? [] : hex.split(' ').map((byte) => Number.parseInt(byte, 16)))
}
