/** Tests a program that prints, in whatever language and with whatever library, against a virtual printer. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { decodeSummary, startVirtualPrinter } from 'xiaopiao/emulator'
import { generic80 } from 'xiaopiao/profiles/generic-80'

/** Stands for your application: it knows a host and a port, and writes ESC/POS. */
async function printTicket(port) {
  const socket = connect(port, '127.0.0.1')
  socket.end('\x1b@\x1ba\x01TABLE 3\n\x1ba\x002 x NOODLES\n\n\n\x1dV\x00', 'latin1')
  await once(socket.resume(), 'close')
}

const server = await startVirtualPrinter({ profile: generic80 })
const nextJob = server.nextJob()
await printTicket(server.port)
const { paper } = await nextJob
await server.close()

const [title] = paper.glyphs
assert.equal(title.x, (576 - 'TABLE 3'.length * 12) / 2, 'the title is centred, to the dot')
const { text, cuts, unknown } = decodeSummary(paper)
assert.equal(text.trim().split('\n')[1], '2 x NOODLES')
assert.equal(cuts, 1)
assert.deepEqual(unknown, [])
console.log('the ticket is right')
