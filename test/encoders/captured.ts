/** Byte streams: those of other libraries, made in the tests, and of fixtures/streams; captured ones if their folder is at hand. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peerStreams } from '../emulator/peers/streams.mjs'

export interface Captured {
  readonly name: string
  readonly bytes: Uint8Array
}

export const capturesFolder =
  process.env.XIAOPIAO_CAPTURES ??
  fileURLToPath(new URL('../../../shared/captures', import.meta.url))

const ownFolder = fileURLToPath(new URL('../../fixtures/streams', import.meta.url))

/** Empty if the folder is missing. */
export function readCaptures(): Captured[] {
  return existsSync(capturesFolder) ? streamsIn(capturesFolder) : []
}

/** Streams that are always there. */
export async function readOwnStreams(): Promise<Captured[]> {
  const made = Object.entries(await peerStreams())
  return [...streamsIn(ownFolder), ...made.map(([name, bytes]) => ({ name, bytes }))]
}

function streamsIn(folder: string): Captured[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bin'))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
}
