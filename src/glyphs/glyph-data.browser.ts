/** Glyph files outside Node: those that `preload` has put here. A program that draws no character carries none of them. */

import type { GlyphSetName } from '#glyph-data'
import { type DataSet, dataNotLoaded } from '../model/data-not-loaded.js'

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

export function addGlyphData(name: GlyphSetName, bytes: Uint8Array): void {
  files.set(name, bytes)
}

export function readGlyphData(name: GlyphSetName): Uint8Array {
  const bytes = files.get(name)
  if (bytes === undefined) throw dataNotLoaded('drawing this text', SET_OF_FILE[name])
  return bytes
}

export function deflateZlib(data: Uint8Array, elsewhere: Deflate): Uint8Array {
  return elsewhere(data, { level: 6 })
}
