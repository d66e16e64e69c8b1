/** The entries in CommonJS, with the names of the errors. */
const assert = require('node:assert/strict')
const { compile, ReceiptError, TransportError, XiaopiaoError } = require('xiaopiao')
const { VirtualPrinter } = require('xiaopiao/emulator')
const { NotStarted, openPrinter, PartiallyPrinted, Uncertain } = require('xiaopiao/printer')
const { generic58 } = require('xiaopiao/profiles/generic-58')

const named = {
  NotStarted,
  PartiallyPrinted,
  ReceiptError,
  TransportError,
  Uncertain,
  VirtualPrinter,
  XiaopiaoError,
}
for (const [name, value] of Object.entries(named)) assert.equal(value.name, name)
assert.throws(() => compile({ nodes: [{ kind: 'txt' }] }, { profile: generic58 }), {
  name: 'ReceiptError',
})
assert.ok(
  compile({ nodes: [{ kind: 'text', text: '𠮷' }] }, { profile: generic58 }).bytes.length > 50,
)
openPrinter('tcp://127.0.0.1:1')
  .print(new Uint8Array([10]), { timeoutMs: 2000 })
  .then(
    () => assert.fail('it printed'),
    (error) => {
      assert.match(String(error), /^NotStarted: /)
      assert.match(error.stack, /NotStarted/)
      process.stdout.write(`${process.version}\n`)
    },
  )
