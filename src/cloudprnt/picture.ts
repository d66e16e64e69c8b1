/** A slip as the picture that a printer of CloudPRNT takes: the dots of our own paper, so that no text of ours needs the printer's fonts. */

import { printBytes } from '../emulator/virtual-printer.js'
import { joinBytes } from '../model/join-bytes.js'
import type { Profile } from '../model/profile.js'
import { paperToPng } from '../paper/views/paper-png.js'

export interface PictureOfSlip {
  readonly bytes: Uint8Array
  /** Heads a marked copy; undefined for a slip that is none. */
  readonly heading: Uint8Array | undefined
  readonly profile: Profile
}

/** Letters that every printer has, for slips that bring no heading. */
const PLAIN_HEADING = new TextEncoder().encode('\n*** REPRINT ***\n\n')

export function pictureOfSlip({ bytes, heading, profile }: PictureOfSlip): Uint8Array {
  const all = heading === undefined ? bytes : joinBytes([heading, bytes])
  return paperToPng(printBytes(all, profile))
}

/** @param given the slip's own heading in base64 */
export function headingOf(isMarked: boolean, given: string | null): Uint8Array | undefined {
  if (!isMarked) return undefined
  return given === null ? PLAIN_HEADING : new Uint8Array(Buffer.from(given, 'base64'))
}
