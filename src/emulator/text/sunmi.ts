/** `GS ( E` 6 of Sunmi cloud printers: selects the charset of text. Other makers' printers answer it with a setting. */
import { multibyteDecoder } from '../../charsets/multibyte-decoder.js'
import type { MultibyteZone } from '../../model/charset.js'
import type { Handlers } from '../commands/handlers.js'
import type { Machine } from '../machine.js'

/** Charsets by the `n` of `a` 1, as public programs send it. 128 means single bytes, and 255 the printer's default. */
const zones: Readonly<Record<number, MultibyteZone>> = {
  0: 'gb18030',
  1: 'big5',
  11: 'shift_jis',
  21: 'euc-kr',
  128: 'none',
}

export const sunmiCommands = {
  sunmiCharacterSet: (machine, { a, n }) => {
    if (machine.madeAs.vendor !== 'Sunmi') return
    if (a === 1) setZone(machine, n === 255 ? machine.madeAs.charset : zones[n])
    if (a === 3) machine.modes.utf8 = n === 1
  },
} satisfies Partial<Handlers>

/** Sets the charset, which stays until the printer is switched off. */
function setZone(machine: Machine, charset: MultibyteZone | undefined): void {
  if (charset === undefined) return
  machine.profile = { ...machine.profile, charset }
  machine.multibyte = multibyteDecoder(charset)
  machine.modes.chinese = charset !== 'none'
  machine.modes.jis = false
}
