/** `ESC R`: the international character sets, which put other characters in place of twelve of ASCII. */

const codes = [0x23, 0x24, 0x40, 0x5b, 0x5c, 0x5d, 0x5e, 0x60, 0x7b, 0x7c, 0x7d, 0x7e]

/**
 * The sets by `n`, in the order of `codes`; 0 is ASCII. Up to 12: the table of the MTX-1345 manual (appendix C), which repeats
 * Epson's. 13 is Korea and 15 China; ESC/POS has 14 Slovenia and Croatia, 16 Vietnam and 17 Arabia too, but no table of
 * them was found.
 */
const sets: readonly (string | undefined)[] = [
  '#$@[\\]^`{|}~',
  '#$à°ç§^`éùè¨',
  '#$§ÄÖÜ^`äöüß',
  '£$@[\\]^`{|}~',
  '#$@ÆØÅ^`æøå~',
  '#¤ÉÄÖÅÜéäöåü',
  '#$@°\\é^ùàòèì',
  '₧$@¡Ñ¿^`¨ñ}~',
  '#$@[¥]^`{|}~',
  '#¤ÉÆØÅÜéæøåü',
  '#$ÉÆØÅÜéæøåü',
  '#$á¡Ñ¿é`íñóú',
  '#$á¡Ñ¿éüíñóú',
  '#$@[₩]^`{|}~',
  undefined,
  '#¥@[\\]^`{|}~',
]

/** The characters that differ from ASCII, by code; undefined for a number that names no set we know. */
export function knownCountrySet(n: number): ReadonlyMap<number, string> | undefined {
  const set = sets[n]
  if (set === undefined) return undefined
  const swapped = [...set].map((character, i) => [codes[i] as number, character] as const)
  return new Map(swapped.filter(([code, character]) => character.charCodeAt(0) !== code))
}

export function countrySet(n: number): ReadonlyMap<number, string> {
  return knownCountrySet(n) ?? new Map()
}
