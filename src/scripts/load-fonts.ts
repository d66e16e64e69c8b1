/** Loads font files for `compile`. */

import type { ScriptFonts, ScriptLetter } from '../model/cells.js'
import { ReceiptError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import { needed, type OptionRules, readOptions } from '../model/options.js'
import { isBytes, messageOf } from '../model/realms.js'
import { type Bidi, levelsOf } from './directions.js'
import { type HarfBuzz, type OpenFont, openFont } from './harfbuzz.js'
import { makeSegmenter, wordStarts } from './words.js'

const SCRIPTS = [
  ...['Arabic', 'Hebrew', 'Syriac', 'Thaana', 'Devanagari', 'Thai', 'Lao', 'Tibetan', 'Myanmar'],
  ...['Khmer', 'Mongolian'],
] as const

/** Uyghur, Persian and Urdu are written in `Arabic`, Hindi and Nepali in `Devanagari`. */
export type ScriptName =
  | 'Arabic'
  | 'Hebrew'
  | 'Syriac'
  | 'Thaana'
  | 'Devanagari'
  | 'Thai'
  | 'Lao'
  | 'Tibetan'
  | 'Myanmar'
  | 'Khmer'
  | 'Mongolian'

export interface FontFile {
  /** A TrueType or OpenType file. */
  readonly bytes: Uint8Array
  /** Scripts for which the font is used. Default: all scripts whose letters it has. */
  readonly scripts?: readonly ScriptName[]
}

const FONT_FILE: OptionRules<FontFile> = {
  bytes: needed({ says: 'the bytes of a font file', accepts: isBytes }),
  scripts: {
    says: `a list of ${SCRIPTS.join(', ')}`,
    accepts: (value) =>
      Array.isArray(value) && value.every((one) => (SCRIPTS as readonly unknown[]).includes(one)),
  },
}

/** The libraries, for a bundle, which cannot import them by name at run time. */
export interface ScriptLibraries {
  /** The module `harfbuzzjs`. Default: imported when it is needed. */
  readonly harfbuzz?: object
  /** The function that `bidi-js` exports. Default: imported when it is needed. */
  readonly bidi?: () => object
}

const LIBRARIES: OptionRules<ScriptLibraries> = {
  harfbuzz: { says: 'the module harfbuzzjs', accepts: (value) => typeof value === 'object' },
  bidi: { says: 'what bidi-js exports', accepts: (value) => typeof value === 'function' },
}

/** Number of shaped texts to cache, because texts of receipts repeat, and shaping takes longer than the rest of the work on a text. */
const MOST_TEXTS = 2000

/**
 * Opens font files, so that `compile` prints the scripts that they have: Thai, Arabic, Hebrew, Devanagari, Tibetan, Khmer and others.
 * A text is printed by the first font that has all of its letters.
 * @throws ReceiptError `SCRIPTS_NEED_PACKAGES` without harfbuzzjs and bidi-js, `FONT_INVALID` for bytes that are no font; OptionError
 *
 * @example
 * // not run: needs the bytes of a font file
 * const fonts = await loadFonts([{ bytes: new Uint8Array(0), scripts: ['Thai'] }])
 * const { bytes } = compile({ nodes: [text('ขอบคุณ')] }, { profile: generic58, fonts })
 */
export async function loadFonts(
  files: readonly FontFile[],
  libraries: ScriptLibraries = {},
): Promise<ScriptFonts> {
  const given = filesOf(files)
  const { harfbuzz, bidi: makeBidi } = readOptions('loadFonts', libraries, LIBRARIES)
  const library = (harfbuzz ?? (await load('harfbuzzjs'))) as HarfBuzz
  const bidi = (makeBidi ?? (await bidiExport()))() as Bidi
  const fonts = given.map(({ bytes, scripts }, i) => ({
    scripts,
    font: tryOpen(library, bytes, i),
  }))
  const segmenter = makeSegmenter()
  const shaped = new Map<string, readonly ScriptLetter[] | undefined>()
  return {
    letters(text, script) {
      const key = `${script} ${text}`
      if (shaped.has(key)) return shaped.get(key)
      const letters = shapeBy(fonts, text, script)
      if (shaped.size >= MOST_TEXTS) shaped.clear()
      shaped.set(key, letters)
      return letters
    },
    levels: (text, isolates, direction) => levelsOf(bidi, text, isolates, direction),
    wordStarts: (text) => wordStarts(text, segmenter),
  }
}

interface NamedFont {
  readonly scripts: readonly string[] | undefined
  readonly font: OpenFont
}

function shapeBy(fonts: readonly NamedFont[], text: string, script: string) {
  for (const { scripts, font } of fonts) {
    const letters = scripts?.includes(script) === false ? undefined : font.shape(text)
    if (letters !== undefined) return letters
  }
  return undefined
}

function filesOf(files: readonly FontFile[]): readonly FontFile[] {
  if (Array.isArray(files) && files.length > 0) {
    return files.map((file) => readOptions<FontFile>('loadFonts', file, FONT_FILE))
  }
  throw new ReceiptError('loadFonts takes a list of fonts', {
    code: 'FONT_INVALID',
    hint: 'write loadFonts([{ bytes }])',
  })
}

function tryOpen(library: HarfBuzz, bytes: Uint8Array, index: number): OpenFont {
  try {
    return openFont(library, bytes)
  } catch (cause) {
    throw new ReceiptError(`the file is no font: ${messageOf(cause)}`, {
      code: 'FONT_INVALID',
      path: `[${index}].bytes`,
      hint: 'give the bytes of a .ttf or .otf file',
      cause,
    })
  }
}

async function bidiExport(): Promise<() => object> {
  return ((await load('bidi-js')) as { readonly default: () => object }).default
}

async function load(name: string): Promise<unknown> {
  try {
    return await importOptional(name)
  } catch (cause) {
    throw new ReceiptError(`scripts that need shaping are shaped by the package ${name}`, {
      code: 'SCRIPTS_NEED_PACKAGES',
      hint: 'run `npm install harfbuzzjs bidi-js`',
      cause,
    })
  }
}
