/** What any ESC/POS stream does: each command, the printed text, and the bytes that are no command. */
import { decodeSummary, listStream, printBytes } from 'xiaopiao/emulator'
import { generic80 } from 'xiaopiao/profiles/generic-80'

// As captured on port 9100: reset, double width, 你好 in GBK, a pair that is no command, a cut.
const captured = '1B 40 1D 21 10 C4 E3 BA C3 0A 1B 7F 1D 56 42 00'
const bytes = Uint8Array.from(captured.split(' '), (hex) => Number.parseInt(hex, 16))

console.log(listStream(bytes, generic80))
console.log(JSON.stringify(decodeSummary(printBytes(bytes, generic80))))
