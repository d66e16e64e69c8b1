/** Looks for card numbers in what a program has written. */

import { plainDigits } from '../../src/vouchers/card-numbers.js'

const LENGTHS = [13, 14, 15, 16, 17, 18, 19]

/** Card numbers in `bytes`, in whatever spelling. */
export function pansIn(bytes: Buffer, wanted: ReadonlySet<string>): readonly string[] {
  const text = plainDigits(bytes.toString('utf8')).replace(/[ \u3000-]/g, '')
  const found = new Set<string>()
  for (const { 0: run } of text.matchAll(/\d{13,}/g)) {
    for (const length of LENGTHS) {
      for (let at = 0; at + length <= run.length; at++) {
        const number = run.slice(at, at + length)
        if (wanted.has(number)) found.add(number)
      }
    }
  }
  return [...found]
}
