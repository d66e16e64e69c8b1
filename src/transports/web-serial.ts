/** A printer on a serial line, from a page in a browser: Web Serial. */

import { TransportError } from '../model/errors.js'
import { abortedError, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { type Link, LinkConnection, type LinkEvents } from './internal/link-connection.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface WebSerialOptions {
  /** From `navigator.serial.requestPort()`, which a page may call when the user has clicked. */
  readonly port: WebSerialPort
  /** The rate set in the printer, which its self-test page shows. */
  readonly baudRate: number
  /** Flow control. Browsers support only the wire (RTS/CTS). Default `none`. */
  readonly flow?: 'none' | 'rtscts'
  /** Default `none`. */
  readonly parity?: 'none' | 'even' | 'odd'
  /** A write fails after so many milliseconds in which no byte was taken. Default 30000. */
  readonly writeTimeoutMs?: number
  /** `close` fails after so many milliseconds without progress. Default 10000. */
  readonly closeTimeoutMs?: number
}

/** The part of the browser's SerialPort that is used. */
export interface WebSerialPort {
  readonly readable: ReadableStream<Uint8Array> | null
  readonly writable: WritableStream<Uint8Array> | null
  open(options: {
    baudRate: number
    flowControl: 'none' | 'hardware'
    parity: 'none' | 'even' | 'odd'
  }): Promise<void>
  close(): Promise<void>
}

const PIECE_BYTES = 256

/**
 * A serial printer in a browser.
 *
 * @example
 * webSerial({ port, baudRate: 9600 }).uri // 'web-serial:?baud=9600'
 */
export function webSerial(options: WebSerialOptions): Transport {
  const uri = `web-serial:?baud=${options.baudRate}`
  return {
    uri,
    twoWay: true,
    hidesRestart: true,
    open: (wait) => openWebSerial(uri, options, wait),
  }
}

async function openWebSerial(
  uri: string,
  options: WebSerialOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const { port, baudRate, flow = 'none', parity = 'none' } = options
  const guard = startGuard({
    totalMs: wait.timeoutMs ?? 5000,
    signal: wait.signal,
    timedOut: (afterMs) => openError(uri, 'OPEN_TIMEOUT', `did not open within ${afterMs} ms`),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  let opening: Promise<void> | undefined
  try {
    await guard.race(Promise.resolve())
    if (port.writable !== null) throw openError(uri, 'DEVICE_BUSY', 'this page has it open already')
    const flowControl = flow === 'rtscts' ? 'hardware' : 'none'
    opening = port.open({ baudRate, flowControl, parity })
    await guard.race(opening)
    return new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: options.writeTimeoutMs ?? 30_000,
        closeStallMs: options.closeTimeoutMs ?? 10_000,
      },
      (events) => streamLink(port, events),
    )
  } catch (error) {
    opening?.then(() => port.close()).catch(() => {})
    if (error instanceof DOMException && error.name === 'NetworkError') {
      throw openError(uri, 'DEVICE_BUSY', 'it cannot be opened', error)
    }
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

function streamLink(port: WebSerialPort, events: LinkEvents): Link {
  const reader = port.readable?.getReader()
  const writer = port.writable?.getWriter()
  let ours = false
  const ended = (cause: unknown) => {
    if (!ours) events.ended(Object.assign(new Error('unplugged', { cause }), { code: 'ENODEV' }))
  }
  const listen = async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return ended(undefined)
      events.received(value)
    }
  }
  listen().catch(ended)
  writer?.closed.catch(ended)
  const leave = async () => {
    await reader?.cancel().catch(() => {})
    reader?.releaseLock()
    await port.close()
  }
  return {
    // Resolves when the driver has taken the piece.
    send: async (piece) => writer?.write(piece),
    async finish() {
      ours = true
      await writer?.close()
      await leave()
    },
    destroy() {
      ours = true
      const aborted = writer?.abort().catch(() => {}) ?? Promise.resolve()
      aborted.then(leave).catch(() => {})
    },
  }
}

function openError(uri: string, code: string, says: string, cause?: unknown): TransportError {
  return new TransportError(`${uri}: ${says}`, {
    code,
    hint: 'close what else uses the line, another tab included, and check that the printer is plugged in',
    phase: 'open',
    cause,
  })
}
