/** The same paper and the same listing, wherever a stream is cut: captures, goldens and streams of other libraries. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { type Decoded, Decoder, decodeAll, listDecoded } from '../../src/encoders/escpos/index.js'
import type { Profile } from '../../src/model/profile.js'
import { findProfile, generic80 } from '../../src/profiles/index.js'
import { languageProfile } from '../goldens/languages.js'
import { readCaptures } from './captures.js'
import { profile80 } from './helpers.js'
import { joinParts, partsOf, printInPieces, textOfPaper } from './parts.js'
import { peerStreams } from './peers/streams.mjs'

type Stream = readonly [name: string, bytes: Uint8Array, profile: Profile]

const goldens = new URL('../../fixtures/goldens/', import.meta.url)

function goldenStreams(): Stream[] {
  return readdirSync(goldens, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bin'))
    .map((file) => {
      const [id = '', name = ''] = file.split(/[/.]/)
      const profile = languageProfile(name, id) ?? findProfile(id)
      return [file, new Uint8Array(readFileSync(new URL(file, goldens))), profile]
    })
}

const captures: Stream[] = readCaptures().map(({ name, bytes, ...printer }) => [
  name,
  bytes,
  { ...profile80, ...printer },
])
const peers: Stream[] = Object.entries(await peerStreams()).map(([name, bytes]) => [
  name,
  bytes,
  generic80,
])

function decodePieces(bytes: Uint8Array, size: number): Decoded[] {
  const decoder = new Decoder()
  const decoded: Decoded[] = []
  for (let at = 0; at < bytes.length; at += size) {
    decoded.push(...decoder.write(bytes.subarray(at, at + size)))
  }
  return [...decoded, ...decoder.end()]
}

describe.each([
  ['captures', captures],
  ['goldens', goldenStreams()],
  ['other libraries', peers],
] as const)('%s', (_, streams) => {
  it.skipIf(streams.length === 0)('print and list alike in pieces of 1, 7 and 1460 bytes', () => {
    for (const [name, bytes, profile] of streams) {
      const whole = textOfPaper(printBytes(bytes, profile))
      const listing = listDecoded(bytes, decodeAll(bytes))
      for (const size of [1, 7, 1460]) {
        expect(textOfPaper(printInPieces(bytes, profile, size)), `${name} by ${size}`).toBe(whole)
        expect(listDecoded(bytes, decodePieces(bytes, size)), `${name} by ${size}`).toBe(listing)
      }
    }
  })

  it.skipIf(streams.length === 0)('print alike when handed out part by part', () => {
    for (const [name, bytes, profile] of streams) {
      const whole = textOfPaper(printBytes(bytes, profile))
      for (const size of [7, bytes.length]) {
        const joined = joinParts(partsOf(bytes, profile, size), profile.widthDots)
        expect(textOfPaper(joined), `${name} by ${size}`).toBe(whole)
      }
    }
  })
})
