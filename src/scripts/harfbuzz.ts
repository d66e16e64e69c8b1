/** Shapes text to glyphs by HarfBuzz, and converts glyphs to polygons. */

import type { Outline, PlacedOutline, ScriptLetter } from '../model/cells.js'

export type HarfBuzz = typeof import('harfbuzzjs')

/** Lines that replace a curve. At the largest size, of 192 dots, each is a few dots long. */
const CURVE_STEPS = 8

export interface OpenFont {
  /** Shapes a text. Returns undefined if the font lacks one of its characters. */
  readonly shape: (text: string) => readonly ScriptLetter[] | undefined
}

/** Opens a font. @throws Error, of HarfBuzz, if the bytes are not a font */
export function openFont(library: HarfBuzz, bytes: Uint8Array): OpenFont {
  const face = new library.Face(new library.Blob(bytes))
  const font = new library.Font(face)
  const known = new Set(face.collectUnicodes())
  if (known.size === 0) throw new Error('the font has no characters')
  const outlines = new Map<number, Outline>()
  const outlineOf = (glyph: number) => {
    let outline = outlines.get(glyph)
    if (outline === undefined) {
      outline = toOutline(font.glyphToJson(glyph), face.upem)
      outlines.set(glyph, outline)
    }
    return outline
  }
  return {
    shape(text) {
      for (const character of text) {
        const codePoint = character.codePointAt(0) as number
        if (!known.has(codePoint) && !isJoiner(codePoint)) return undefined
      }
      const buffer = new library.Buffer()
      buffer.addText(text)
      buffer.guessSegmentProperties()
      library.shape(font, buffer)
      const infos = buffer.getGlyphInfos()
      const positions = buffer.getGlyphPositions()
      const glyphs = infos.map(({ codepoint, cluster }, i) => {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {}
        const { upem } = face
        return {
          cluster,
          advance: xAdvance / upem,
          x: xOffset / upem,
          y: yOffset / upem,
          outline: outlineOf(codepoint),
        }
      })
      return lettersOf(text, glyphs)
    },
  }
}

/** Whether the character is a joiner or a non-joiner, which has no glyph. */
function isJoiner(codePoint: number): boolean {
  return codePoint === 0x200c || codePoint === 0x200d
}

interface Glyph extends PlacedOutline {
  readonly cluster: number
  readonly advance: number
}

/** Groups glyphs, which come from left to right, into letters. The glyphs of one cluster are a letter with its marks. */
function lettersOf(text: string, glyphs: readonly Glyph[]): readonly ScriptLetter[] {
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((a, b) => a - b)
  const letters = new Map<number, ScriptLetter>()
  let at = 0
  for (let i = 0; i < glyphs.length; ) {
    const { cluster } = glyphs[i] as Glyph
    const outlines: PlacedOutline[] = []
    let pen = 0
    for (; i < glyphs.length && glyphs[i]?.cluster === cluster; i++) {
      const { x, y, outline, advance } = glyphs[i] as Glyph
      if (outline.points.length > 0) outlines.push({ outline, x: pen + x, y })
      pen += advance
    }
    const end = starts[starts.indexOf(cluster) + 1] ?? text.length
    letters.set(cluster, {
      text: text.slice(cluster, end),
      at,
      advance: pen,
      outlines,
      ...reach(outlines),
    })
    at += pen
  }
  return starts.map((start) => letters.get(start) as ScriptLetter)
}

function reach(outlines: readonly PlacedOutline[]): Pick<ScriptLetter, 'above' | 'below'> {
  let above = 0
  let below = 0
  for (const { outline, y } of outlines) {
    for (let i = 1; i < outline.points.length; i += 2) {
      const height = (outline.points[i] as number) + y
      if (height > above) above = height
      if (-height > below) below = -height
    }
  }
  return { above, below }
}

interface PathCommand {
  readonly type: string
  readonly values: readonly number[]
}

/** Converts a path to polygons. Curves become lines, because dots cannot show a difference. */
function toOutline(path: readonly PathCommand[], upem: number): Outline {
  const points: number[] = []
  const ends: number[] = []
  const close = () => {
    const count = points.length / 2
    if (count > (ends.at(-1) ?? 0)) ends.push(count)
  }
  let [x, y] = [0, 0]
  for (const { type, values } of path) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values.map((value) => value / upem)
    if (type === 'Z') close()
    if (type === 'M') close()
    if (type === 'M' || type === 'L') {
      points.push(a, b)
      ;[x, y] = [a, b]
    }
    // A quadratic curve is converted to a cubic one, whose control points are two thirds of the way to the quadratic one's.
    const curve =
      type === 'C'
        ? [a, b, c, d, e, f]
        : type === 'Q'
          ? [
              x + (2 / 3) * (a - x),
              y + (2 / 3) * (b - y),
              c + (2 / 3) * (a - c),
              d + (2 / 3) * (b - d),
              c,
              d,
            ]
          : undefined
    if (curve !== undefined) {
      pushCurve(points, [x, y, ...curve])
      ;[x, y] = curve.slice(4) as [number, number]
    }
  }
  close()
  return { points: Float32Array.from(points), ends: Uint32Array.from(ends) }
}

/** Adds the points of a cubic curve, without its first one. */
function pushCurve(points: number[], curve: readonly number[]): void {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = curve
  for (let step = 1; step <= CURVE_STEPS; step++) {
    const t = step / CURVE_STEPS
    const u = 1 - t
    const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    points.push(k0 * x0 + k1 * x1 + k2 * x2 + k3 * x3, k0 * y0 + k1 * y1 + k2 * y2 + k3 * y3)
  }
}
