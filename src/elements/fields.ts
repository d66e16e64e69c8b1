/** Fields that several elements share: style, alignment and styled text. */

import type { Span } from '../layout/line.js'
import * as s from '../model/shape.js'
import type { TextStyle } from '../model/style.js'
import type { StyledText, StyleFields, Text } from './nodes.js'

const multiple = s.whole(1, 8)

export const styleFields = {
  font: s.optional(s.oneOf(['A', 'B', 'C', 'small'])),
  size: s.optional(multiple),
  width: s.optional(multiple),
  height: s.optional(multiple),
  bold: s.optional(s.flag),
  doubleStrike: s.optional(s.flag),
  underline: s.optional(s.either([s.flag, s.literal(0, 1, 2)], 'true, false, 0, 1 or 2')),
  inverse: s.optional(s.flag),
  strike: s.optional(s.flag),
  letterSpacing: s.optional(s.whole(0, 64)),
}

const STYLE_NAMES = Object.keys(styleFields) as readonly (keyof StyleFields)[]

/** A string of one code point. */
export const oneCharacter = s.textThat((value) => [...value].length === 1, 'expected one character')

export const alignSchema = s.oneOf(['left', 'center', 'right'])

export const textSchema: s.Shape<Text> = s.either(
  [
    s.text(),
    s.list(
      s.either(
        [
          s.text(),
          s.object<StyledText>({ text: s.text(), nowrap: s.optional(s.flag), ...styleFields }),
        ],
        'text, or an object with text',
      ),
    ),
  ],
  'text, or a list of texts',
)

/** Returns the style of a node: its own fields, and those of `base` for the rest. */
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
    ...strikeOf(fields.strike ?? base.strike),
  }
}

/** Leaves the field out if it is not true, so that equal styles have equal fields. */
function strikeOf(strike: boolean | undefined): Pick<TextStyle, 'strike'> {
  return strike === true ? { strike } : {}
}

/** Whether a node sets any field of style. Most set none and share the inherited object. */
function setsStyle(fields: StyleFields): boolean {
  for (const name of STYLE_NAMES) if (fields[name] !== undefined) return true
  return false
}

/** Returns the spans of a text in `style`; `path` is the text's own path. */
export function spansOf(text: Text, style: TextStyle, path: string): Span[] {
  if (typeof text === 'string') return [{ text, style, path }]
  return text.map((span, i) =>
    typeof span === 'string'
      ? { text: span, style, path: `${path}[${i}]` }
      : {
          text: span.text,
          style: mergeStyle(style, span),
          path: `${path}[${i}].text`,
          ...(span.nowrap === true ? { nowrap: true } : {}),
        },
  )
}
