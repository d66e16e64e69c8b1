/** A printer or a print server that speaks IPP: takes whole jobs and prints them in its own time. */

import { TransportError, type TransportPhase } from '../model/errors.js'
import { abortedError, connectTimeout, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import {
  decodeIppResponse,
  encodeIppRequest,
  type IppRequest,
  type IppResponse,
  ippOperations,
} from './internal/ipp-message.js'
import { LinkConnection } from './internal/link-connection.js'
import { spoolLink } from './internal/spool-link.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface IppOptions {
  /** `ipp://192.168.1.50/ipp/print`, `ipp://server:631/printers/QUEUE`. */
  readonly url: string
  /** Default: `application/vnd.cups-raw` if the printer lists it, else `application/octet-stream`. */
  readonly documentFormat?: string
  /** Default `xiaopiao`. */
  readonly userName?: string
  readonly jobName?: string
  /** Limit of `open` in milliseconds; it asks the printer whether it takes jobs. Default 5000. */
  readonly connectTimeoutMs?: number
  /** Limit of `close` in milliseconds; it hands the job over. Default 30000. */
  readonly closeTimeoutMs?: number
}

const PIECE_BYTES = 65_536
const RAW = 'application/vnd.cups-raw'
const BYTES = 'application/octet-stream'
/** RFC 8011 section 5.4.11: stopped. */
const PRINTER_STOPPED = 5
/** RFC 8011 section 5.3.7: canceled, aborted. */
const FAILED_JOB_STATES = new Set([7, 8])
/** Status codes of a printer that takes no jobs, or is busy (RFC 8011, B.1.5). */
const NOT_NOW: ReadonlySet<number> = new Set([0x0506, 0x0507])
const NOT_AUTHORISED = new Set([0x0401, 0x0402, 0x0403])

/**
 * A printer by IPP. The bytes are kept until `close`, which hands the job over as a whole and resolves when the printer has
 * accepted it; that it has printed is not known, so the transport is one-way.
 *
 * @example
 * ipp({ url: 'ipp://192.168.1.50/ipp/print' }).uri // 'ipp://192.168.1.50/ipp/print'
 */
export function ipp(options: IppOptions): Transport {
  const uri = options.url
  if (!uri.startsWith('ipp://') || !URL.canParse(httpOf(uri))) {
    throw new TransportError(`ipp: "${uri}" is no address`, {
      code: 'ADDRESS_INVALID',
      hint: 'write ipp://192.168.1.50/ipp/print',
      phase: 'open',
    })
  }
  return { uri, twoWay: false, open: (wait) => openIpp(uri, options, wait) }
}

function httpOf(uri: string): string {
  return uri.replace(/^ipp:/, 'http:')
}

async function openIpp(
  uri: string,
  options: IppOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const limitMs = wait.timeoutMs ?? options.connectTimeoutMs ?? 5000
  const giveUp = new AbortController()
  const guard = startGuard({
    totalMs: limitMs,
    signal: wait.signal,
    timedOut: () => connectTimeout(uri, limitMs),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  try {
    await guard.race(Promise.resolve())
    const answer = await guard.race(
      ask(uri, 'open', giveUp.signal, {
        operation: ippOperations.getPrinterAttributes,
        requestId: 1,
        printerUri: uri,
        requestedAttributes: [
          'document-format-supported',
          'printer-state',
          'printer-state-message',
          'printer-is-accepting-jobs',
        ],
      }),
    )
    const formats = answer.attributes.get('document-format-supported') ?? []
    const documentFormat = options.documentFormat ?? (formats.includes(RAW) ? RAW : BYTES)
    refuseStopped(uri, answer)
    return new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: 10_000,
        closeStallMs: options.closeTimeoutMs ?? 30_000,
      },
      () => spoolLink((job, signal) => printJob(uri, options, documentFormat, job, signal)),
    )
  } catch (error) {
    giveUp.abort()
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

function refuseStopped(uri: string, { attributes }: IppResponse): void {
  const stopped = attributes.get('printer-state')?.[0] === PRINTER_STOPPED
  const refusing = attributes.get('printer-is-accepting-jobs')?.[0] === 0
  if (!stopped && !refusing) return
  const message = attributes.get('printer-state-message')?.[0]
  throw new TransportError(
    `${uri}: the printer ${stopped ? 'is stopped' : 'takes no jobs'}${message ? `: ${message}` : ''}`,
    {
      code: 'QUEUE_STOPPED',
      hint: 'start it at the print server (cupsenable QUEUE; cupsaccept QUEUE), or look at the printer',
      phase: 'open',
    },
  )
}

async function printJob(
  uri: string,
  { userName = 'xiaopiao', jobName = 'receipt' }: IppOptions,
  documentFormat: string,
  job: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const request: IppRequest = {
    operation: ippOperations.printJob,
    requestId: 2,
    printerUri: uri,
    userName,
    jobName,
    documentFormat,
  }
  const { attributes } = await ask(uri, 'close', signal, request, job)
  const state = attributes.get('job-state')?.[0]
  if (typeof state === 'number' && FAILED_JOB_STATES.has(state)) {
    throw new TransportError(`${uri}: the printer has dropped the job`, {
      code: 'JOB_DROPPED',
      hint: 'its own job list says why',
      phase: 'close',
      bytesWritten: job.length,
    })
  }
}

/** Sends a request, followed by the document, and returns the answer. @throws TransportError if the printer refuses */
async function ask(
  uri: string,
  phase: TransportPhase,
  signal: AbortSignal,
  request: IppRequest,
  document: Uint8Array = new Uint8Array(0),
): Promise<IppResponse> {
  const { status, body } = await post(uri, signal, encodeIppRequest(request), document)
  const failed = (code: string, says: string, hint: string, cause?: unknown) =>
    new TransportError(`${uri}: ${says}`, {
      code,
      hint,
      phase,
      bytesWritten: document.length,
      cause,
    })
  if (status === 401 || status === 403) {
    throw failed('ACCESS_DENIED', 'it wants a password', 'allow this host at the print server')
  }
  if (status !== 200) {
    throw failed(
      status === 404 ? 'QUEUE_NOT_FOUND' : 'IPP_FAILED',
      `it answered HTTP ${status}`,
      'check the path: printers mostly serve /ipp/print, CUPS /printers/QUEUE',
    )
  }
  let answer: IppResponse
  try {
    answer = decodeIppResponse(body)
  } catch (cause) {
    throw failed('IPP_FAILED', 'its answer is not IPP', 'check host, port and path', cause)
  }
  if (answer.status <= 0x00ff) return answer
  if (NOT_AUTHORISED.has(answer.status)) {
    throw failed('ACCESS_DENIED', 'it refuses this user', 'allow this host at the print server')
  }
  const name = `0x${answer.status.toString(16).padStart(4, '0')}`
  const message = answer.attributes.get('status-message')?.[0] ?? name
  if (answer.status === 0x0406) {
    throw failed('QUEUE_NOT_FOUND', 'there is no such queue', 'check the path')
  }
  if (answer.status === 0x040a) {
    throw failed(
      'FORMAT_REFUSED',
      'it does not take bytes as they are',
      'make a raw queue for it, or print to its port 9100 (tcp://)',
    )
  }
  // Status 04xx says that the request was refused (RFC 8011, 4.1.6.1). Other failures may happen in the middle of the document.
  const isRefused = answer.status >> 8 === 0x04 || NOT_NOW.has(answer.status)
  const code = isRefused ? 'JOB_REFUSED' : 'IPP_FAILED'
  throw failed(code, `it refused: ${message}`, 'its own page or log says more')
}

async function post(
  uri: string,
  signal: AbortSignal,
  head: Uint8Array,
  document: Uint8Array,
): Promise<{ status: number; body: Uint8Array }> {
  const { request } = await import('node:http')
  const url = new URL(httpOf(uri))
  return new Promise((resolve, reject) => {
    const client = request(
      {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? 631 : Number(url.port),
        path: url.pathname,
        method: 'POST',
        headers: {
          'content-type': 'application/ipp',
          'content-length': head.length + document.length,
        },
        agent: false,
        signal,
      },
      (response) => {
        const pieces: Uint8Array[] = []
        response.on('data', (piece: Uint8Array) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) })
        })
      },
    )
    client.on('error', reject)
    client.write(head)
    client.end(document)
  })
}
