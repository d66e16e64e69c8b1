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

/** GS I 65 to 69, one at a time; if the model stays unanswered no more. */
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

/** Texts of Epson's GS I 69. Four-byte codes on a two-byte font print as other characters, so they have to be asked for. */
const ZONES: readonly (readonly [font: string, zone: MultibyteZone])[] = [
  ['GB18030', 'gb18030-2byte'],
  ['GBK', 'gbk'],
  ['GB2312', 'gb2312'],
  ['BIG-5', 'big5'],
  ['KANJI JAPANESE', 'shift_jis'],
]
