import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ipp } from '../../src/transports/ipp.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'

const HOST = '127.0.0.1'

/** One attribute, written from RFC 8010: tag, name, value. */
function attribute(tag: number, name: string, value: string | number[]): Buffer {
  const bytes = Buffer.from(value as string)
  const length = (size: number) => Buffer.from([size >> 8, size & 0xff])
  return Buffer.concat([
    Buffer.from([tag]),
    length(name.length),
    Buffer.from(name),
    length(bytes.length),
    bytes,
  ])
}

interface Answers {
  readonly status?: number
  readonly http?: number
  readonly printer?: readonly Buffer[]
  readonly body?: Uint8Array
}

/** A print server that keeps the documents of Print-Job. */
async function printServer({ status = 0, http = 200, printer = [], body }: Answers = {}) {
  const requests: Buffer[] = []
  const documents: Buffer[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const message = Buffer.concat(pieces)
      requests.push(message)
      const operation = message.readUInt16BE(2)
      if (operation === 2) documents.push(message.subarray(endOfAttributes(message)))
      response.writeHead(http, { 'content-type': 'application/ipp' })
      const charset = attribute(0x47, 'attributes-charset', 'utf-8')
      const answer = Buffer.concat([
        Buffer.from([1, 1, status >> 8, status & 0xff, 0, 0, 0, operation === 2 ? 2 : 1, 1]),
        charset,
        Buffer.from([4]),
        ...printer,
        Buffer.from([3]),
      ])
      response.end(body ?? answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const dispose = () => new Promise<void>((resolve) => server.close(() => resolve()))
  const url = `ipp://${HOST}:${address.port}/ipp/print`
  return { url, requests, documents, dispose, received: () => Buffer.concat(documents) }
}

/** Where the document starts: behind tag 03 that stands where a tag stands. */
function endOfAttributes(message: Buffer): number {
  for (let at = 8; ; ) {
    const tag = message[at++] ?? 3
    if (tag === 3) return at
    if (tag < 0x10) continue
    at += 2 + message.readUInt16BE(at)
    at += 2 + message.readUInt16BE(at)
  }
}

transportConformance({
  name: 'ipp',
  async taking() {
    const server = await printServer()
    return { ...server, transport: ipp({ url: server.url }) }
  },
  async absent() {
    const server = await printServer()
    await server.dispose()
    return { transport: ipp({ url: server.url }), code: 'CONNECT_REFUSED' }
  },
  skips: {
    says: 'a print server only answers',
    stopped: 'the job is kept until close, and handed over then',
  },
})

describe('ipp', () => {
  const over = async (answers: Answers) => {
    const server = await printServer(answers)
    onTestFinished(server.dispose)
    return { ...server, transport: ipp({ url: server.url }) }
  }

  it('asks in the bytes of RFC 8010, and prints in the raw format that is offered', async () => {
    const { transport, requests, documents, url } = await over({
      printer: [
        attribute(0x49, 'document-format-supported', 'application/pdf'),
        attribute(0x49, '', 'application/vnd.cups-raw'),
        attribute(0x23, 'printer-state', [0, 0, 0, 3]),
        attribute(0x22, 'printer-is-accepting-jobs', [1]),
      ],
    })
    const connection = await transport.open()
    await connection.write(pattern(3000))
    expect(documents).toEqual([])
    await connection.close()
    const head = Buffer.concat([
      Buffer.from([1, 1, 0, 2, 0, 0, 0, 2, 1]),
      attribute(0x47, 'attributes-charset', 'utf-8'),
      attribute(0x48, 'attributes-natural-language', 'en'),
      attribute(0x45, 'printer-uri', url),
      attribute(0x42, 'requesting-user-name', 'xiaopiao'),
      attribute(0x42, 'job-name', 'receipt'),
      attribute(0x49, 'document-format', 'application/vnd.cups-raw'),
      Buffer.from([3]),
    ])
    const expected = Buffer.concat([head, pattern(3000)])
    expect(Buffer.compare(requests[1] ?? Buffer.alloc(0), expected)).toBe(0)
  })

  it('hands nothing over when there is nothing, or when its caller gives up', async () => {
    const { transport, documents } = await over({})
    const empty = await transport.open()
    await empty.close()
    const given = await transport.open()
    await given.write(pattern(10))
    given.abort()
    await given.close()
    expect(documents).toEqual([])
  })

  it.each([
    ['QUEUE_STOPPED', { printer: [attribute(0x23, 'printer-state', [0, 0, 0, 5])] }],
    ['QUEUE_STOPPED', { printer: [attribute(0x22, 'printer-is-accepting-jobs', [0])] }],
    ['QUEUE_NOT_FOUND', { status: 0x0406 }],
    ['QUEUE_NOT_FOUND', { http: 404 }],
    ['ACCESS_DENIED', { http: 401 }],
    ['ACCESS_DENIED', { status: 0x0403 }],
    ['IPP_FAILED', { body: Buffer.from('<html>') }],
    ['IPP_FAILED', { body: Buffer.from([1, 1, 0, 0, 0, 0, 0, 1, 1, 0x47, 0, 40]) }],
  ] as const)('does not open with %s', async (code, answers) => {
    const { transport } = await over(answers)
    const failure = await failureOf(transport.open())
    expect(failure).toMatchObject({ code, phase: 'open' })
    expect(failure.hint).toMatch(/\w+ \w+/)
  })

  it('reports a job that is dropped at once', async () => {
    const { transport } = await over({ printer: [attribute(0x23, 'job-state', [0, 0, 0, 8])] })
    const connection = await transport.open()
    await connection.write(pattern(10))
    expect(await failureOf(connection.close())).toMatchObject({
      code: 'JOB_DROPPED',
      phase: 'close',
      bytesWritten: 10,
    })
  })
})
