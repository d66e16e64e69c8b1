/** Single-byte code pages: maps from the bytes 80 to FF to characters, and back. */
import { ReceiptError } from '../model/errors.js'
import { codePageData } from './tables/code-pages.gen.js'

export type CodePageId = keyof typeof codePageData

/** The names of all known code pages: `cp437`, `cp1252`, `iso8859-15`, `katakana`. */
export const codePageIds = Object.keys(codePageData) as readonly CodePageId[]

export function isCodePage(id: string): id is CodePageId {
  return Object.hasOwn(codePageData, id)
}

/**
 * Returns the 128 characters of the bytes 80 to FF, with U+FFFD for bytes without a character. Throws `CODE_PAGE_UNKNOWN` for a name that
 * is not in `codePageIds`.
 */
export function codePage(id: string): string {
  let characters = pages.get(id)
  if (characters === undefined) {
    if (!isCodePage(id)) {
      throw new ReceiptError(`there is no code page '${id}'`, {
        code: 'CODE_PAGE_UNKNOWN',
        hint: `known code pages: ${codePageIds.join(', ')}`,
      })
    }
    characters = codePageData[id].replace(/(.)-(.)/g, (_, first, last) => runOf(first, last))
    pages.set(id, characters)
  }
  return characters
}

const pages = new Map<string, string>()

function runOf(first: string, last: string): string {
  let run = ''
  for (let unit = first.charCodeAt(0); unit <= last.charCodeAt(0); unit++) {
    run += String.fromCharCode(unit)
  }
  return run
}

const reverse = new Map<string, ReadonlyMap<number, number>>()

/** Returns the map from code points to bytes (80 to FF) of a code page. If a character has two bytes, the lower one is used. */
export function codePageBytes(id: string): ReadonlyMap<number, number> {
  let bytes = reverse.get(id)
  if (bytes === undefined) {
    bytes = invertPage(codePage(id))
    reverse.set(id, bytes)
  }
  return bytes
}

function invertPage(characters: string): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>()
  for (let i = characters.length - 1; i >= 0; i--) {
    const unit = characters.charCodeAt(i)
    if (unit !== 0xfffd) bytes.set(unit, 0x80 + i)
  }
  return bytes
}
