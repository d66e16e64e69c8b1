/** GS1 element strings as printers take them: with or without brackets, `{1` for FNC1, `*` for a digit that the printer fills in. */
import { bracketGs1 } from '../../symbols/gs1.js'

/** Returns the text in brackets; undefined if its elements cannot be told apart (Epson TM-C7500 manual, GS1 DataBar Expanded). */
export function gs1TextOf(text: string): string | undefined {
  const plain = text.replace(/\{([1()*{])|\*/g, (_, escaped?: string) =>
    escaped === '1' ? '\x1d' : (escaped ?? ''),
  )
  return plain.startsWith('(') ? plain.replaceAll('\x1d', '') : bracketGs1(plain)
}
