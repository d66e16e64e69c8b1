/** The annotated listing of a stream, with its text as the printer's ROM shows it. */

import { type ListingOptions, listDecoded } from '../encoders/escpos/listing.js'
import type { Profile } from '../model/profile.js'
import { textReader } from './text-reader.js'
import { traceStream } from './trace.js'

export type ListStreamOptions = Pick<ListingOptions, 'hexBytes' | 'paint'>

/**
 * Lists one command a line: offset, hex, name, values, and its effects on the virtual printer of this profile. A last line
 * says what the end of the stream left unprinted. Text is read in the profile's multi-byte zone.
 *
 * @example
 * const lines = listStream(Uint8Array.of(0x1b, 0x40, 0x0a), profile).split('\n')
 * lines[1]?.endsWith('lineFeed  → feeds 30 dots') // true
 */
export function listStream(
  bytes: Uint8Array,
  profile: Profile,
  options: ListStreamOptions = {},
): string {
  const { commands, end } = traceStream(bytes, profile)
  const listing = listDecoded(bytes, commands, {
    ...options,
    decodeText: textReader(profile),
    remark: (_, i) => commands[i]?.effects.join('; ') ?? '',
  })
  const paint = options.paint ?? ((_part, text) => text)
  return listing + end.map((one) => `${paint('remark', `end → ${one}`)}\n`).join('')
}
