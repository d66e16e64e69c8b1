/** Asks a printer what it is. */

import type { MultibyteZone } from '../model/charset.js'
import type { Session } from './session.js'
import type { PrinterIdentity } from './types.js'

const QUESTIONS: readonly (readonly [keyof PrinterIdentity, n: number])[] = [
  ['model', 67],
  ['maker', 66],
  ['firmware', 65],
  ['serial', 68],
  ['languageFont', 69],
]

/** Asks GS I 65 to 69, one at a time. Stops if the model, which is asked first, stays unanswered. */
export async function askIdentity(
  session: Session,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<PrinterIdentity> {
  const found: Record<string, string> = {}
  for (const [name, n] of QUESTIONS) {
    const text = await session.information(n, timeoutMs, signal)
    if (text === undefined && name === 'model') break
    if (text !== undefined && text !== '') found[name] = text
  }
  const { languageFont = '' } = found
  const suggestedCharset = ZONES.find(([font]) => languageFont.includes(font))?.[1]
  return suggestedCharset === undefined ? found : { ...found, suggestedCharset }
}

/** Zones for Epson's answers to GS I 69. GB18030 counts as two-byte, because four-byte codes print as other characters on such a font. */
const ZONES: readonly (readonly [font: string, zone: MultibyteZone])[] = [
  ['GB18030', 'gb18030-2byte'],
  ['GBK', 'gbk'],
  ['GB2312', 'gb2312'],
  ['BIG-5', 'big5'],
  ['KANJI JAPANESE', 'shift_jis'],
]
