/** Shapes text of scripts whose letters join, stack or run from right to left, by fonts that the caller gave. */

import { type ScriptFonts, type ScriptLetter, ZONE_DRAWN } from '../model/cells.js'
import type { OnUnsupported } from '../model/charset.js'
import { type CellBuffer, pushCell } from './cell-buffer.js'
import { isControl, shapedScript } from './classes.js'
import { clusterEnd, codePointAt } from './clusters.js'
import type { Fate } from './fates.js'

interface FontOptions {
  readonly scripts?: ScriptFonts | undefined
  readonly onUnsupported?: OnUnsupported
}

/** A fate, and how often it has occurred. */
export interface Met {
  readonly fate: Fate
  count: number
}

interface ScriptStretch {
  readonly script: string
  readonly letters: readonly ScriptLetter[]
  /** Offset after the stretch. */
  readonly end: number
}

/** Shapes the letters of one script from `from` on. Undefined if no font has all of them, or if drawing is not allowed. */
export function scriptStretch(
  text: string,
  from: number,
  { scripts, onUnsupported }: FontOptions,
): ScriptStretch | undefined {
  if (scripts === undefined || onUnsupported === 'error') return undefined
  const script = scriptOf(codePointAt(text, from))
  if (script === undefined) return undefined
  let end = from
  while (end < text.length && scriptOf(codePointAt(text, end)) === script) {
    end = clusterEnd(text, end)
  }
  const letters = scripts.letters(text.slice(from, end), script)
  return letters && { script, letters, end }
}

/**
 * Returns the script of a character that has to be shaped. Direction marks lie in a script's block but are not letters. ฿ and ₹ count as
 * their script's, because most printers lack them and the script's fonts have them.
 */
function scriptOf(codePoint: number): string | undefined {
  if (codePoint === 0xe3f) return 'Thai'
  if (codePoint === 0x20b9) return 'Devanagari'
  return isControl(codePoint) ? undefined : shapedScript(codePoint)
}

/** Adds a cell for each letter, and returns the text of all. */
export function pushLetters(buffer: CellBuffer, letters: readonly ScriptLetter[]): string {
  buffer.letters ??= []
  let added = ''
  for (const letter of letters) {
    buffer.letters[buffer.length] = letter
    pushCell(buffer, letter.text.length, 1, ZONE_DRAWN, codePointAt(letter.text, 0))
    added += letter.text
  }
  return added
}

/** Counts a drawn stretch of a script for its note. */
export function meetScript(met: Map<string, Met>, script: string): void {
  const key = `script ${script}`
  const known = met.get(key)
  if (known !== undefined) {
    known.count++
    return
  }
  const verdict = 'is drawn as dots, by a font that was given'
  const note = { code: 'SCRIPT_DRAWN', severity: 'info', subject: script, verdict } as const
  met.set(key, { fate: { pieces: [], notes: [note] }, count: 1 })
}
