/** Fields that several elements share: style, alignment and styled text. */

import * as z from 'zod/mini'
import type { Span } from '../layout/line.js'
import type { TextStyle } from '../model/style.js'
import type { StyleFields, Text } from './nodes.js'

const multiple = z.int().check(z.minimum(1), z.maximum(8))

export const styleFields = {
  font: z.exactOptional(z.enum(['A', 'B', 'C'])),
  size: z.exactOptional(multiple),
  width: z.exactOptional(multiple),
  height: z.exactOptional(multiple),
  bold: z.exactOptional(z.boolean()),
  doubleStrike: z.exactOptional(z.boolean()),
  underline: z.exactOptional(
    z.union([z.boolean(), z.literal([0, 1, 2])], 'true, false, 0, 1 or 2'),
  ),
  inverse: z.exactOptional(z.boolean()),
  letterSpacing: z.exactOptional(z.int().check(z.minimum(0), z.maximum(64))),
}

const STYLE_NAMES = Object.keys(styleFields) as readonly (keyof StyleFields)[]

/** A string of one code point. */
export const oneCharacter = z
  .string()
  .check(
    z.refine((value: string) => [...value].length === 1, { message: 'expected one character' }),
  )

export const alignSchema = z.enum(['left', 'center', 'right'])

export const textSchema: z.ZodMiniType<Text> = z.union(
  [
    z.string(),
    z.array(
      z.union(
        [z.string(), z.strictObject({ text: z.string(), ...styleFields })],
        'text, or an object with text',
      ),
    ),
  ],
  'text, or a list of texts',
)

/** `base` with the fields of a node over it. */
export function mergeStyle(base: TextStyle, fields: StyleFields): TextStyle {
  if (!setsStyle(fields)) return base
  const { underline } = fields
  return {
    font: fields.font ?? base.font,
    width: fields.width ?? fields.size ?? base.width,
    height: fields.height ?? fields.size ?? base.height,
    bold: fields.bold ?? base.bold,
    doubleStrike: fields.doubleStrike ?? base.doubleStrike,
    underline: underline === undefined ? base.underline : (Number(underline) as 0 | 1 | 2),
    inverse: fields.inverse ?? base.inverse,
    letterSpacing: fields.letterSpacing ?? base.letterSpacing,
  }
}

/** Most nodes set none, and share the style that they inherit. */
function setsStyle(fields: StyleFields): boolean {
  for (const name of STYLE_NAMES) if (fields[name] !== undefined) return true
  return false
}

/** The spans of a text in `style`; `path` is the text's own path. */
export function spansOf(text: Text, style: TextStyle, path: string): Span[] {
  if (typeof text === 'string') return [{ text, style, path }]
  return text.map((span, i) =>
    typeof span === 'string'
      ? { text: span, style, path: `${path}[${i}]` }
      : { text: span.text, style: mergeStyle(style, span), path: `${path}[${i}].text` },
  )
}
