/** GS1 element strings as printers take them: brackets or none, `{1` for FNC1, `*` for what the printer fills in. */
import { bracketGs1 } from '../../symbols/gs1.js'

/** The text in brackets, or undefined where its elements cannot be told apart (Epson TM-C7500 manual, GS1 DataBar Expanded). */
export function gs1TextOf(text: string): string | undefined {
  const plain = text.replace(/\{([1()*{])|\*/g, (_, escaped?: string) =>
    escaped === '1' ? '\x1d' : (escaped ?? ''),
  )
  return plain.startsWith('(') ? plain.replaceAll('\x1d', '') : bracketGs1(plain)
}
