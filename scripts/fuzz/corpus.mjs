/** Real streams to spoil: all goldens, our own streams, streams of other libraries, and captures where they are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peerStreams } from '../../test/emulator/peers/streams.mjs'

const goldens = fileURLToPath(new URL('../../fixtures/goldens/', import.meta.url))
const streams = fileURLToPath(new URL('../../fixtures/streams/', import.meta.url))
const captures = fileURLToPath(new URL('../../../shared/captures/', import.meta.url))

/** The same bytes in the same order wherever there are the same files. */
export async function readCorpus() {
  const files = [goldens, streams, captures].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.bin'))
          .sort()
          .map((file) => new Uint8Array(readFileSync(join(folder, file))))
      : [],
  )
  const made = Object.values(await peerStreams())
  return [...files, ...made].filter((bytes) => bytes.length > 0)
}
