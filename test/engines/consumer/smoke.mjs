/** A receipt, its paper, and a job on a printer over TCP: what must work on every version of Node. */
import assert from 'node:assert/strict'
import { compile, symbol, text } from 'xiaopiao'
import { paperToPng, startVirtualPrinter } from 'xiaopiao/emulator'
import { memoryJournal } from 'xiaopiao/journal'
import { openPrinter } from 'xiaopiao/printer'
import { generic80 } from 'xiaopiao/profiles/generic-80'
import { bind } from 'xiaopiao/template'

const template = { nodes: [{ kind: 'text', text: '{{ shop }} {{ total | money }} 𠮷' }] }
const receipt = bind(template, { shop: '面馆', total: 1250 })
const { bytes } = compile(
  { nodes: [...receipt.nodes, symbol('aztec', 'abc'), text('谢谢')] },
  { profile: generic80 },
)
const virtual = await startVirtualPrinter({ profile: generic80 })
const printer = openPrinter(virtual.uri, { profile: generic80, journal: memoryJournal() })
const { grade } = await printer.print(bytes, { jobId: 'a' })
assert.match(grade, /^(processed|printed)$/)
const [paper] = virtual.papers
const shown = paper.glyphs.map((glyph) => glyph.text).join('')
assert.match(shown, /面馆.*12\.50.*谢谢/)
assert.equal(paperToPng(paper)[1], 0x50)
await printer.close()
await virtual.close()
process.stdout.write(`${grade} ${process.version}\n`)
