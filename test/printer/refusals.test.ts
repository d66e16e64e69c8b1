/** What is known not to have begun: a print system that refuses, and a port at which no printer listens. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.js'
import { TransportError } from '../../src/model/errors.js'
import { NotStarted, Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import type { Transport } from '../../src/transports/types.js'
import { listen } from '../transports/rigs.js'
import { failureOf, lines } from './helpers.js'

/** A spool that takes all bytes and fails with this code when they are handed over. */
function spool(code: string): Transport {
  return {
    uri: `cups:${code}`,
    twoWay: false,
    open: async () => ({
      bytesWritten: 0,
      write: async () => {},
      onData() {},
      onClose() {},
      close: async () => {
        throw new TransportError('lp: Quota limit reached.', { code, phase: 'close' })
      },
      abort() {},
    }),
  }
}

it.each(['JOB_REFUSED', 'FORMAT_REFUSED', 'ACCESS_DENIED', 'QUEUE_NOT_FOUND'])(
  'a spool that says %s has not begun',
  async (code) => {
    const journal = memoryJournal()
    const printer = openPrinter(spool(code), { lock: false, journal })
    const failure = await failureOf(printer.print(lines(3), { jobId: 'a' }), NotStarted)
    expect(failure).toMatchObject({ reason: 'refused', bytesSent: 0 })
    expect(failure.message).toContain('Quota limit reached')
    expect(await journal.get('a')).toMatchObject({ state: 'failed', sent: 0 })
  },
)

it.each(['JOB_NOT_HANDED_OVER', 'JOB_DROPPED'])(
  'a spool that says %s may have begun',
  async (code) => {
    const printer = openPrinter(spool(code), { lock: false })
    await failureOf(printer.print(lines(3)), Uncertain)
  },
)

it('a web server is named as such, by print and by status', async () => {
  const server = createServer((_, response) => response.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const printer = openPrinter(`tcp://127.0.0.1:${port}`, { answerTimeoutMs: 300 })
  const failure = await failureOf(printer.print(lines(3)), NotStarted)
  expect(failure).toMatchObject({ reason: 'not-a-printer', cause: { code: 'NOT_A_PRINTER' } })
  expect(failure.message).toContain('HTTP')
  expect(failure.hint).toContain('9100')
  await expect(printer.status()).rejects.toMatchObject({ code: 'NOT_A_PRINTER' })
})

it('a port that speaks TLS is named as such', async () => {
  // A fatal alert: unexpected message.
  const server = await listen((socket) => {
    socket.on('data', () => socket.end(Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a)))
  })
  onTestFinished(() => server.close())
  const printer = openPrinter(`tcp://127.0.0.1:${server.port}`, { answerTimeoutMs: 300 })
  const failure = await failureOf(printer.print(lines(3)), NotStarted)
  expect(failure.message).toContain('TLS')
})
