/** Some thousand of the streams that `npm run fuzz` tries a million of. */
import { expect, it } from 'vitest'
import { readCorpus } from '../../scripts/fuzz/corpus.mjs'
import { runStreams } from '../../scripts/fuzz/run.mjs'
import { printBytes, VirtualPrinter } from '../../src/emulator/virtual-printer.js'
import {
  commandTable,
  Decoder,
  decodeAll,
  encodeCommands,
} from '../../src/encoders/escpos/index.js'
import { profiles } from '../../src/profiles/index.js'

const streams = Number(process.env.XIAOPIAO_STREAMS ?? 3000)
const seed = Number(process.env.XIAOPIAO_SEED ?? 20261125)

it(`${streams} random and spoilt streams: nothing thrown, nothing lost, the same paper in pieces`, async () => {
  const corpus = await readCorpus()
  const api = {
    commandTable,
    Decoder,
    decodeAll,
    encodeCommands,
    printBytes,
    VirtualPrinter,
    profiles,
  }
  const { counts, failure } = runStreams({ seed, from: 0, to: streams, corpus, api })
  expect(failure).toBeUndefined()
  for (const kind of Object.values(counts)) expect(kind.streams).toBeGreaterThan(streams / 6)
})
