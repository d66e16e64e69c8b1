/** Which code page a number of `ESC t` names on this printer. */
import { pageTables } from '../charsets/page-tables.js'
import type { Profile } from '../model/profile.js'

/** The profile's own pages go first, then its vendor's table. */
export function codePageName(profile: Profile, n: number): string | undefined {
  const own = profile.codePages.find((slot) => slot.number === n)
  return own?.encoding ?? pageTables[profile.codePageTable]?.[n]
}
