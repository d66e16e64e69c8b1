/** A file as printer: a device file, a shared Windows printer, a named pipe, or a plain file that keeps the bytes. */

import type { FileHandle } from 'node:fs/promises'
import { TransportError } from '../model/errors.js'
import { deviceLink } from './internal/device-link.js'
import { abortedError, errnoOf, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { type Link, LinkConnection } from './internal/link-connection.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface FileOptions {
  /** `/dev/usb/lp0`, `\\host\share`, `\\.\COM3`, or a plain file, which is created. */
  readonly path: string
  /** Whether to read the printer's answers. Default: true under `/dev/`. A device without read permission is only written. */
  readonly twoWay?: boolean
  /** Whether to append to a plain file. Default false: it is emptied first. */
  readonly append?: boolean
  /** Whether the terminal line (`/dev/ttyUSB0`, `/dev/rfcomm0`) was set raw, so that the system changes no byte. Default false. */
  readonly rawTty?: boolean
  /** A write fails after so many milliseconds in which no byte was taken. Default 10000. */
  readonly writeTimeoutMs?: number
  /** `close` fails after so many milliseconds without progress. Default 10000. */
  readonly closeTimeoutMs?: number
}

const PIECE_BYTES = 8192
const DEVICE_FOLDER = '/dev/'
/** The one folder under /dev that holds plain files. */
const SHARED_MEMORY = '/dev/shm/'

/**
 * A printer behind a path. A missing device is an error at once: the transport never creates it and never waits for
 * it. If the path is a plain file, its bytes are on the disk when `close` resolves.
 *
 * @example
 * file({ path: '/dev/usb/lp0' }).uri // 'file:/dev/usb/lp0'
 */
export function file(options: FileOptions): Transport {
  const { path } = options
  const uri = `file:${path}`
  return {
    uri,
    twoWay: options.twoWay ?? isDevicePath(path),
    hidesRestart: options.rawTty === true,
    open: (wait) => openFile(uri, options, wait),
  }
}

function isDevicePath(path: string): boolean {
  return path.startsWith(DEVICE_FOLDER) && !path.startsWith(SHARED_MEMORY)
}

async function openFile(
  uri: string,
  options: FileOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const guard = startGuard({
    totalMs: wait.timeoutMs ?? 5000,
    signal: wait.signal,
    timedOut: (afterMs) =>
      openError(uri, 'OPEN_TIMEOUT', `did not open within ${afterMs} ms`, {
        hint: 'a share may be out of reach, or another program holds the device',
      }),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  const opening = openHandle(uri, options)
  try {
    const { handle, device, readable } = await guard.race(opening)
    const connection = new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: options.writeTimeoutMs ?? 10_000,
        closeStallMs: options.closeTimeoutMs ?? 10_000,
      },
      (events) => (device ? deviceLink(handle, readable, events) : plainLink(handle)),
    )
    if (readable) await connection.dropLeftovers()
    return connection
  } catch (error) {
    opening.then(({ handle }) => handle.close()).catch(() => {})
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

interface Opened {
  readonly handle: FileHandle
  readonly device: boolean
  readonly readable: boolean
}

async function openHandle(uri: string, options: FileOptions): Promise<Opened> {
  const { path } = options
  const { open, stat } = await import('node:fs/promises')
  const { constants } = await import('node:fs')
  if (path.startsWith('\\\\.\\')) {
    return { handle: await open(path, 'r+'), device: false, readable: false }
  }
  const found = await stat(path).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT' || isDevicePath(path)) throw error
    return undefined
  })
  if (found === undefined || found.isFile()) {
    if (found !== undefined && isDevicePath(path)) {
      throw openError(uri, 'NOT_A_DEVICE', 'it is a plain file where a device should be', {
        hint: 'something wrote there while the printer was off; delete the file and plug the printer in again',
      })
    }
    return {
      handle: await open(path, options.append ? 'a' : 'w'),
      device: false,
      readable: false,
    }
  }
  if (found.isDirectory()) return { handle: await open(path, 'w'), device: false, readable: false }
  // Opened non-blocking, because a blocked read or write would hold a thread that no deadline can free.
  const flags = constants.O_NONBLOCK | constants.O_NOCTTY
  const wantsAnswers = found.isCharacterDevice() && (options.twoWay ?? true)
  if (wantsAnswers) {
    const handle = await open(path, flags | constants.O_RDWR).catch((error: unknown) => {
      if (errnoOf(error) === 'EACCES') return undefined
      throw error
    })
    if (handle !== undefined) {
      await refuseCookedTty(uri, handle, options)
      return { handle, device: true, readable: true }
    }
  }
  const handle = await open(path, flags | constants.O_WRONLY)
  await refuseCookedTty(uri, handle, options)
  return { handle, device: true, readable: false }
}

/** A terminal line turns LF into CR LF unless it is set raw, which breaks every image. */
async function refuseCookedTty(
  uri: string,
  handle: FileHandle,
  options: FileOptions,
): Promise<void> {
  const { isatty } = await import('node:tty')
  if (options.rawTty || !isatty(handle.fd)) return
  await handle.close()
  throw openError(uri, 'FILE_IS_TTY', 'it is a terminal line, which may change bytes', {
    hint: 'use the serial transport, or set it raw (stty -F … raw -echo) and pass rawTty: true',
  })
}

function plainLink(handle: FileHandle): Link {
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await handle.close()
  }
  return {
    async send(piece) {
      for (let sent = 0; sent < piece.length; ) {
        sent += (await handle.write(piece, sent, piece.length - sent)).bytesWritten
      }
    },
    async finish() {
      // Shares and pipes cannot sync, and their refusal loses no data.
      await handle.sync().catch((error: unknown) => {
        const errno = errnoOf(error)
        if (errno !== 'EINVAL' && errno !== 'ENOTSUP' && errno !== 'EPERM') throw error
      })
      await close()
    },
    destroy: () => void close().catch(() => {}),
  }
}

function openError(
  uri: string,
  code: string,
  says: string,
  more: { hint?: string; cause?: unknown },
): TransportError {
  return new TransportError(`${uri}: ${says}`, { code, phase: 'open', ...more })
}
