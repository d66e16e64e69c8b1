/** Byte streams of other programs, where their folder is at hand. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Captured {
  readonly name: string
  readonly bytes: Uint8Array
}

export const capturesFolder =
  process.env.XIAOPIAO_CAPTURES ??
  fileURLToPath(new URL('../../../shared/captures', import.meta.url))

/** Empty where the folder is missing. */
export function readCaptures(): Captured[] {
  if (!existsSync(capturesFolder)) return []
  return readdirSync(capturesFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bin'))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(capturesFolder, name))) }))
}
