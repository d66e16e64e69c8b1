/** A drawer opens by a pulse: one of no length opens nothing, and the byte for it counts in units of 2 ms. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { printBytes } from '../../src/entries/emulator.js'
import { generic80, overrideProfile } from '../../src/profiles/index.js'

describe('the pulse of the drawer', () => {
  it.each([
    [2, 2],
    [3, 4],
    [100, 100],
    [200, 500],
    [509, 510],
    [510, 510],
  ])('of %i and %i ms is as long as the profile says', (onMs, offMs) => {
    const profile = overrideProfile(generic80, { 'drawer.onMs': onMs, 'drawer.offMs': offMs })
    for (const pin of [2, 5] as const) {
      const { bytes } = compile({ nodes: [{ kind: 'drawer', pin }] }, { profile })
      const [pulse, ...others] = printBytes(bytes, profile).pulses
      expect(others).toEqual([])
      expect(pulse).toMatchObject({ pin })
      expect(Math.abs((pulse?.onMs ?? 0) - onMs)).toBeLessThanOrEqual(1)
      expect(Math.abs((pulse?.offMs ?? 0) - offMs)).toBeLessThanOrEqual(1)
    }
  })

  it('has a length in every profile', () => {
    for (const field of ['drawer.onMs', 'drawer.offMs'] as const) {
      for (const ms of [0, 1, 511, -2, 2.5, Number.NaN]) {
        expect(() => overrideProfile(generic80, { [field]: ms })).toThrow(
          expect.objectContaining({ path: expect.stringContaining(field) }),
        )
      }
    }
  })
})
