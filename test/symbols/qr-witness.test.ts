/** Our QR codes against the package `qrcode`, module by module and in all sizes: its masks are those of printed receipts. */

import fc from 'fast-check'
import { H, L, M, Q } from 'qrcode/lib/core/error-correction-level.js'
import { ALPHANUMERIC, BYTE, NUMERIC } from 'qrcode/lib/core/mode.js'
import { create } from 'qrcode/lib/core/qrcode.js'
import { getCapacity } from 'qrcode/lib/core/version.js'
import { expect, it } from 'vitest'
import { qrCapacity } from '../../src/symbols/qr-capacity.js'
import { qrMatrix } from '../../src/symbols/qr-matrix.js'

const levels = { L, M, Q, H }
const modes = { numeric: NUMERIC, alphanumeric: ALPHANUMERIC, byte: BYTE }
type Level = keyof typeof levels
type Mode = keyof typeof modes

function dataOf(mode: Mode, length: number, seed: number): string | Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 24)
  if (mode === 'byte') return bytes
  const characters = mode === 'numeric' ? '0123456789' : 'ABC0123456789 $%*+-./:XYZ'
  return Array.from(bytes, (byte) => characters[byte % characters.length]).join('')
}

function expectSame(mode: Mode, level: Level, version: number, length: number, seed: number): void {
  const data = dataOf(mode, length, seed)
  const witness = create([{ data, mode: modes[mode] }], {
    version,
    errorCorrectionLevel: levels[level],
  })
  const ours = qrMatrix({ data, mode }, version, level)
  expect(ours.width).toBe(witness.modules.size)
  const same = Buffer.from(ours.data).equals(Buffer.from(witness.modules.data))
  expect(same, `${mode} ${level} ${version} ${length}`).toBe(true)
}

const everyKind = Object.keys(levels).flatMap((level) =>
  Object.keys(modes).map((mode) => [level as Level, mode as Mode] as const),
)

it.each(everyKind)('hold as much at level %s of %s in every version', (level, mode) => {
  for (let version = 1; version <= 40; version++) {
    const capacity = qrCapacity(version, level, mode)
    expect(capacity).toBe(getCapacity(version, levels[level], modes[mode]))
    // The largest codes take long, and a version of each kind shows the blocks of all levels.
    if (version > 12 && version % 9 !== 4) continue
    expectSame(mode, level, version, capacity, version)
  }
})

it('are the same at any length', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...everyKind),
      fc.integer({ min: 1, max: 10 }),
      fc.nat(1000),
      ([level, mode], version, random) => {
        const capacity = qrCapacity(version, level, mode)
        expectSame(mode, level, version, 1 + (random % capacity), random)
      },
    ),
    { numRuns: Number(process.env.XIAOPIAO_RUNS ?? 100), seed: 20261123 },
  )
})
