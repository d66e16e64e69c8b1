/** Papers by parts, put together again, and as one text to compare. */
import { createHash } from 'node:crypto'
import { type Paper, type PaperPart, VirtualPrinter } from '../../src/entries/emulator.js'
import { blitBitmap, createBitmap } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'

/** Prints in pieces of `size` bytes. */
export function printInPieces(bytes: Uint8Array, profile: Profile, size: number): Paper {
  const printer = new VirtualPrinter({ profile })
  writePieces(printer, bytes, size)
  return printer.end()
}

/** The same, handed out part by part. */
export function partsOf(bytes: Uint8Array, profile: Profile, size: number): PaperPart[] {
  const parts: PaperPart[] = []
  const printer = new VirtualPrinter({ profile, onPart: (part) => parts.push(part) })
  writePieces(printer, bytes, size)
  printer.end()
  return parts
}

export function writePieces(printer: VirtualPrinter, bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) printer.write(bytes.subarray(at, at + size))
}

/** The whole paper: black dots on top of black dots, logs one after the other. */
export function joinParts(parts: readonly PaperPart[], widthDots: number): Paper {
  const heightDots = Math.max(0, ...parts.map((part) => part.y + part.heightDots))
  const bitmap = createBitmap(widthDots, heightDots)
  let glyphs = 0
  const lines = parts.flatMap((part) => {
    const moved = part.lines.map((line) => ({
      ...line,
      from: line.from + glyphs,
      to: line.to + glyphs,
    }))
    glyphs += part.glyphs.length
    return moved
  })
  for (const part of parts) blitBitmap(bitmap, part.bitmap, 0, part.y)
  return {
    widthDots,
    heightDots,
    dpi: parts[0]?.dpi ?? 203,
    bitmap,
    glyphs: parts.flatMap((part) => part.glyphs),
    images: parts.flatMap((part) => part.images),
    symbols: parts.flatMap((part) => part.symbols),
    lines,
    texts: [],
    cuts: parts.flatMap((part) => part.cuts),
    pulses: parts.flatMap((part) => part.pulses),
    unknown: parts.flatMap((part) => part.unknown),
    notes: parts.flatMap((part) => part.notes),
    replies: parts.reduce((sum, part) => sum + part.replies, 0),
  }
}

/** All of a paper as one text, dots by their digest: quick to compare, and what differs shows. */
export function textOfPaper(paper: Paper): string {
  return JSON.stringify(
    paper,
    (_, value: unknown) =>
      value instanceof Uint8Array ? createHash('sha1').update(value).digest('hex') : value,
    1,
  )
}
