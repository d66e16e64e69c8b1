/** A program for Node that is bundled whole, without the optional libraries. */
import { compile, symbol, text } from 'xiaopiao'
import { paperToText, printBytes } from 'xiaopiao/emulator'
import { openPrinter } from 'xiaopiao/printer'
import { generic80 } from 'xiaopiao/profiles/generic-80'

const { bytes } = compile(
  { nodes: [text('小票 𠮷'), symbol('pdf417', 'abc')] },
  { profile: generic80 },
)
const serial = openPrinter('serial:/dev/ttyS9?baud=9600', { profile: generic80 })
const failure = await serial.print(bytes, { timeoutMs: 3000 }).catch((error) => error)
const shown = paperToText(printBytes(bytes, generic80)).includes('小票')
process.stdout.write(`${bytes.length > 200} ${shown} ${failure.name} ${failure.cause?.code}\n`)
