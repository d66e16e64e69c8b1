/** The code page that a number of `ESC t` names on this printer, and the characters of it that its ROM can show. */
import { codePage } from '../../charsets/code-pages.js'
import { pageTables } from '../../charsets/page-tables.js'
import type { Profile } from '../../model/profile.js'

/** Returns the name of code page `n`: from the profile's own pages first, then from its vendor's table. */
export function codePageName(profile: Profile, n: number): string | undefined {
  const own = profile.codePages.find((slot) => slot.number === n)
  return own?.encoding ?? pageTables[profile.codePageTable]?.[n]
}

/** Rows 8, 9, E and F of the katakana page, as the computers of its time had them (the data of escpos-php for page 1). */
const katakanaRows = {
  0: '▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯',
  96: '═╞╪╡◢◣◥◤♠♥♦♣●○╱╲╳円年月日時分秒〒市区町村人▒ ',
} as const

/**
 * The characters of the bytes 80 to FF as printers show them. The katakana page has signs around its katakana with which
 * other programs draw rules; text of ours is never encoded to those.
 */
export function romPage(name: string): string {
  const page = codePage(name)
  if (name !== 'katakana') return page
  return katakanaRows[0] + page.slice(32, 96) + katakanaRows[96]
}
