/** A printer on a serial line: RS-232, a USB adapter, a virtual COM port, Bluetooth as /dev/rfcomm0. */

import { TransportError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import { isError } from '../model/realms.js'
import { abortedError, errnoOf, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { type Link, LinkConnection, type LinkEvents } from './internal/link-connection.js'
import { loadLibrary } from './internal/load-library.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface SerialOptions {
  /** `/dev/ttyUSB0`, `/dev/serial/by-id/…`, `COM3`. */
  readonly path: string
  /** The rate set in the printer, which its self-test page shows. A wrong rate prints garbage or nothing, and cannot be detected. */
  readonly baudRate: number
  /** How the printer says "wait": a wire (DTR/DSR or RTS/CTS, wired to our CTS) or a byte. Default `none`. */
  readonly flow?: 'none' | 'xonxoff' | 'rtscts'
  /** Default `none`. */
  readonly parity?: 'none' | 'even' | 'odd'
  /** Default 8. */
  readonly dataBits?: 7 | 8
  /** Default 1. */
  readonly stopBits?: 1 | 2
  /** Limit of `open` in milliseconds. Default 5000. */
  readonly openTimeoutMs?: number
  /** A write fails after so many milliseconds in which no byte was taken. Default 30000, because a printer may hold the line for long. */
  readonly writeTimeoutMs?: number
  /** `close` fails if bytes are still unsent after so many milliseconds. Default 10000, and the time that 16 KB take at this speed. */
  readonly closeTimeoutMs?: number
  /** Loads the library `serialport`, for programs that cannot import it by its name. */
  readonly library?: () => Promise<SerialLibrary>
}

/** The part of the library `serialport` that is used. */
export interface SerialLibrary {
  readonly SerialPort: new (options: {
    path: string
    baudRate: number
    dataBits: 7 | 8
    stopBits: 1 | 2
    parity: string
    rtscts: boolean
    xon: boolean
    highWaterMark: number
    autoOpen: false
  }) => SerialPort
}

export type Done = (error?: Error | null) => void

export interface SerialPort {
  readonly isOpen: boolean
  open(done: Done): void
  write(data: Uint8Array, done: Done): unknown
  drain(done: Done): void
  flush(done: Done): void
  close(done: Done): void
  /** The library's binding; it has a poller on Linux and macOS. */
  readonly port?: { readonly poller?: { poll(events: number): void } } | undefined
  on(event: 'data', listener: (data: Uint8Array) => void): unknown
  on(event: 'open' | 'error' | 'close', listener: (error?: Error | null) => void): unknown
}

/** Bytes of one write; they take a quarter of a second at 9600 baud. */
const PIECE_BYTES = 256
/** Bytes that the system and an adapter may still hold when the last byte has been taken. */
const BUFFERED_BYTES = 16_384
/** Pause between two checks that the device file still exists. */
const WATCH_MS = 1000
/** Pause between two calls of the library's poller while a write waits. */
const WAKE_MS = 100
const READABLE_OR_WRITABLE = 3

/**
 * A printer on a serial line. `close` resolves when the last byte has left, and no error or unplugging came in between.
 *
 * @example
 * serial({ path: '/dev/ttyUSB0', baudRate: 9600, flow: 'xonxoff' }).uri // 'serial:/dev/ttyUSB0?baud=9600&flow=xonxoff'
 */
export function serial(options: SerialOptions): Transport {
  const { path, baudRate, flow = 'none', parity = 'none' } = options
  if (path === '' || !Number.isInteger(baudRate) || baudRate < 50) {
    throw new TransportError(`serial: path "${path}", ${baudRate} baud is no serial line`, {
      code: 'ADDRESS_INVALID',
      hint: 'give a path and the baud rate that is set in the printer: its self-test page shows it',
      phase: 'open',
    })
  }
  const settings = Object.entries({ baud: baudRate, flow, parity })
    .filter(([, value]) => value !== 'none')
    .map((entry) => entry.join('='))
  const uri = `serial:${path}?${settings.join('&')}`
  return {
    uri,
    twoWay: true,
    hidesRestart: true,
    xonXoff: flow === 'xonxoff',
    open: (wait) => openSerial(uri, options, wait),
  }
}

async function openSerial(
  uri: string,
  options: SerialOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const { path, baudRate, flow = 'none' } = options
  const guard = startGuard({
    totalMs: wait.timeoutMs ?? options.openTimeoutMs ?? 5000,
    signal: wait.signal,
    timedOut: (afterMs) =>
      new TransportError(`${uri}: did not open within ${afterMs} ms`, {
        code: 'OPEN_TIMEOUT',
        hint: 'a Bluetooth port waits for its printer; another program may hold the line',
        phase: 'open',
      }),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  let port: SerialPort | undefined
  try {
    const { isMainThread } = await guard.race(import('node:worker_threads'))
    if (!isMainThread) throw inWorker(uri)
    const load = options.library ?? (() => importOptional('serialport') as Promise<SerialLibrary>)
    const { SerialPort } = await guard.race(
      loadLibrary<SerialLibrary>(uri, 'serialport', 'SERIAL_LIBRARY_MISSING', load),
    )
    port = new SerialPort({
      path,
      baudRate,
      dataBits: options.dataBits ?? 8,
      stopBits: options.stopBits ?? 1,
      parity: options.parity ?? 'none',
      rtscts: flow === 'rtscts',
      // The printer may stop us. We must not stop the printer, because our XOFF byte would land in the middle of a
      // job.
      xon: flow === 'xonxoff',
      highWaterMark: PIECE_BYTES,
      autoOpen: false,
    })
    const opening = port
    await guard.race(done((callback) => opening.open(callback)))
    return new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: options.writeTimeoutMs ?? 30_000,
        closeStallMs:
          options.closeTimeoutMs ?? 10_000 + Math.ceil((BUFFERED_BYTES * 10_000) / baudRate),
      },
      (events) => portLink(opening, path, events),
    )
  } catch (error) {
    if (port !== undefined) abandon(port)
    throw explainOpen(error, uri)
  } finally {
    guard.stop()
  }
}

/** The error in a worker thread, where the library's native part calls into the wrong thread and ends the whole process. */
function inWorker(uri: string): TransportError {
  return new TransportError(`${uri}: a serial line cannot be opened in a worker thread`, {
    code: 'SERIAL_IN_WORKER',
    hint: 'open it on the main thread, or in a process of its own',
    phase: 'open',
  })
}

/** Closes a port whose caller has given up, also if the port opens only later. */
function abandon(port: SerialPort): void {
  port.on('error', () => {})
  if (port.isOpen) port.close(() => {})
  else port.on('open', () => port.close(() => {}))
}

function portLink(port: SerialPort, path: string, events: LinkEvents): Link {
  let ours = false
  const stopWatching = watchPath(path, () => {
    events.ended(Object.assign(new Error('unplugged'), { code: 'ENODEV' }))
    if (port.isOpen) port.close(() => {})
  })
  // If the line is unplugged during a write, the write may fail with any message, or never call back.
  const gone = (cause: unknown) =>
    errnoOf(cause) === undefined
      ? Object.assign(new Error('unplugged', { cause }), { code: 'ENODEV' })
      : cause
  // Without a listener for data, the library does not notice that an idle port is unplugged.
  port.on('data', (data) => events.received(Uint8Array.from(data)))
  port.on('error', (error) => events.ended(gone(error)))
  port.on('close', (cause) => {
    stopWatching()
    if (!ours) events.ended(gone(cause))
  })
  return {
    async send(piece) {
      const rest = keepAwake(port)
      try {
        await done((callback) => port.write(piece, callback))
      } catch (error) {
        throw gone(error)
      } finally {
        rest()
      }
    },
    async finish() {
      // A drain is only valid after the callbacks of all writes, which `LinkConnection` ensures.
      await done((callback) => port.drain(callback))
      ours = true
      await done((callback) => port.close(callback))
    },
    destroy() {
      ours = true
      // Unsent bytes are dropped first, because some drivers delay a close for 30 seconds to send them.
      if (port.isOpen) port.flush(() => port.isOpen && port.close(() => {}))
    },
  }
}

/**
 * Polls for data and for room at intervals while a write waits. In the library, waiting for one ends the wait for the other (bindings-cpp
 * 13), so without this a write that the printer holds up would receive no data, and might never go on.
 */
function keepAwake(port: SerialPort): () => void {
  const timer = setInterval(() => port.port?.poller?.poll(READABLE_OR_WRITABLE), WAKE_MS)
  return () => clearInterval(timer)
}

/** Watches the device file. When the line is gone, the library reads an end of file again and again and reports no error. */
function watchPath(path: string, gone: () => void): () => void {
  // COM ports are not files, so they cannot be watched.
  if (!path.startsWith('/')) return () => {}
  const timer = setInterval(async () => {
    const { access } = await import('node:fs/promises')
    await access(path).catch(gone)
  }, WATCH_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function done(start: (callback: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()))
  })
}

/** The library reports the system's error only as a message, which differs between systems. */
const TEXTS: readonly (readonly [pattern: RegExp, errno: string])[] = [
  [/no such file|file not found/i, 'ENOENT'],
  [/cannot lock|busy|temporarily unavailable|access denied/i, 'EBUSY'],
  [/permission denied/i, 'EACCES'],
  [/no such device/i, 'ENODEV'],
]

function explainOpen(error: unknown, uri: string): TransportError {
  if (error instanceof TransportError) return error
  const text = isError(error) ? error.message : ''
  if (/baud rate|ioctl|invalid argument|termios/i.test(text)) {
    return new TransportError(`${uri}: the port does not take these settings`, {
      code: 'SERIAL_SETTINGS_REFUSED',
      hint: 'check that the path is a serial line, and that its adapter knows this baud rate',
      phase: 'open',
      cause: error,
    })
  }
  const code = TEXTS.find(([pattern]) => pattern.test(text))?.[1]
  const known =
    code === undefined ? error : Object.assign(new Error(text, { cause: error }), { code })
  return explainFailure(known, 'open', uri, 0)
}
