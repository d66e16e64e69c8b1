/** Glyph files outside Node: those that `preload` has put here. A program that draws no character carries none of them. */

import type { GlyphSetName } from '#glyph-data'
import { type DataSet, dataNotLoaded } from '../model/data-not-loaded.js'

type Inflate = (block: Uint8Array, size: number) => Uint8Array
type Deflate = (data: Uint8Array, options: { level: 6 }) => Uint8Array

const SET_OF_FILE: Readonly<Record<GlyphSetName, DataSet>> = {
  fonta: 'latin',
  fontb: 'latin',
  gb2312: 'hanzi',
  gbk: 'hanzi',
  gb18030: 'hanzi',
  korean: 'korean',
  emoji: 'emoji',
  small: 'pin',
  pin: 'pin',
}

const files = new Map<GlyphSetName, Uint8Array>()
let inflate: Inflate | undefined

export function addGlyphData(name: GlyphSetName, bytes: Uint8Array, inflater: Inflate): void {
  files.set(name, bytes)
  inflate = inflater
}

export function readGlyphData(name: GlyphSetName): Uint8Array {
  const bytes = files.get(name)
  if (bytes === undefined) throw dataNotLoaded('drawing this text', SET_OF_FILE[name])
  return bytes
}

/** Only called with blocks of a file, so that its inflater is there. */
export function inflateBlock(block: Uint8Array, size: number): Uint8Array {
  return (inflate as Inflate)(block, size)
}

export function deflateZlib(data: Uint8Array, elsewhere: Deflate): Uint8Array {
  return elsewhere(data, { level: 6 })
}
