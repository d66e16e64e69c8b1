/** Names and reasons that people give with an event: kept for good, so they are held to the same rules as a trade's free text. */

import { looksLikeTrack, maskCardNumbers } from './card-numbers.js'
import { VoucherError } from './errors.js'
import type { SignedIn } from './operators/signed-in.js'

/** The library reads no clock: the caller says what time it is. */
export interface AtTime {
  readonly now: Date
}

/** A name, which nobody has verified, or an operator who has signed in. */
export type Person = string | SignedIn

export interface ByPerson extends AtTime {
  readonly by: Person
}

/** The name, or the number of the operator, as records have it. */
export function nameOfPerson(person: Person): string {
  return typeof person === 'string' ? person : person.no
}

const MAX_LENGTH = 200
/** Control characters, which would reach the screen of the person who reads the history. */
const CONTROLS = /\p{Cc}/u

/**
 * Checks a name or a reason and returns it as it may be kept, with card numbers masked.
 *
 * @param path `by` or `why`
 * @throws VoucherError `TRADE_INVALID` if it is empty, too long or holds a control character, `SECRET_REFUSED` if it looks like track data
 */
export function readNote(text: unknown, path: string): string {
  if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_LENGTH) {
    throw new VoucherError(`${path} must be a text of 1 to ${MAX_LENGTH} characters`, {
      code: 'TRADE_INVALID',
      path,
      hint: path === 'by' ? 'give the name or number of who is at the counter' : 'give the reason',
    })
  }
  if (CONTROLS.test(text)) {
    throw new VoucherError(`${path} holds a control character`, {
      code: 'TRADE_INVALID',
      path,
      hint: 'write it on one line, with characters that can be seen',
    })
  }
  if (!looksLikeTrack(text)) return maskCardNumbers(text)
  throw new VoucherError(`${path} looks like the track data of a card`, {
    code: 'SECRET_REFUSED',
    path,
    hint: 'leave it out: track data never belongs in a voucher',
  })
}
