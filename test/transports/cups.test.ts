import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cups } from '../../src/transports/cups.js'
import { ipp } from '../../src/transports/ipp.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'
import { cupsMissing, type PrivateCups, QUEUE, startCups } from './private-cups.js'

let system: PrivateCups

if (cupsMissing === undefined) {
  beforeAll(async () => {
    system = await startCups()
  })
  afterAll(() => system.close())

  const skips = {
    says: 'a queue says nothing of its printer',
    stopped: 'the job is kept until close, and handed over then',
  }
  transportConformance({
    name: 'cups',
    async taking() {
      await system.received()
      return {
        transport: cups({ queue: QUEUE, server: system.server }),
        received: system.received,
      }
    },
    async absent() {
      return {
        transport: cups({ queue: 'nowhere', server: system.server }),
        code: 'QUEUE_NOT_FOUND',
      }
    },
    skips,
  })
  transportConformance({
    name: 'ipp, a queue of cups',
    async taking() {
      await system.received()
      return {
        transport: ipp({ url: `ipp://${system.server}/printers/${QUEUE}` }),
        received: system.received,
      }
    },
    async absent() {
      return {
        transport: ipp({ url: `ipp://${system.server}/printers/nowhere` }),
        code: 'QUEUE_NOT_FOUND',
      }
    },
    skips,
  })
}

it.skipIf(cupsMissing === undefined)(`CUPS is not tested: ${cupsMissing}`, ({ skip }) => skip())

describe.skipIf(cupsMissing !== undefined)('a queue', () => {
  it('that is stopped takes no job, by either way', async () => {
    system.run('cupsdisable', QUEUE)
    try {
      for (const transport of [
        cups({ queue: QUEUE, server: system.server }),
        ipp({ url: `ipp://${system.server}/printers/${QUEUE}` }),
      ]) {
        expect(await failureOf(transport.open())).toMatchObject({
          code: 'QUEUE_STOPPED',
          hint: expect.stringContaining('cupsenable'),
        })
      }
    } finally {
      system.run('cupsenable', QUEUE)
    }
  })

  it('gets whole jobs one by one, in order', async () => {
    await system.received()
    const transport = cups({ queue: QUEUE, server: system.server })
    for (const size of [10, 5000, 70_000]) {
      const connection = await transport.open()
      await connection.write(pattern(size))
      await connection.close()
    }
    const got = await system.received()
    const sent = Buffer.concat([pattern(10), pattern(5000), pattern(70_000)])
    expect(Buffer.compare(got, sent)).toBe(0)
  })
})

describe('cups without a print system', () => {
  it.skipIf(cupsMissing !== undefined)('says that it does not run', async () => {
    const transport = cups({ queue: QUEUE, server: '127.0.0.1:1' })
    expect(await failureOf(transport.open())).toMatchObject({ code: 'CUPS_NOT_RUNNING' })
  })

  it('says what to install', async () => {
    const { PATH } = process.env
    process.env.PATH = '/nowhere'
    try {
      expect(await failureOf(cups({ queue: QUEUE }).open())).toMatchObject({
        code: 'CUPS_CLIENT_MISSING',
        hint: expect.stringContaining('apt install cups-client'),
      })
    } finally {
      process.env.PATH = PATH
    }
  })
})
