/** A printer on the network: raw bytes over TCP, port 9100 by custom. */

import type { Socket } from 'node:net'
import { TransportError } from '../model/errors.js'
import { abortedError, connectTimeout, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { type Link, LinkConnection, type LinkEvents } from './internal/link-connection.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface TcpOptions {
  /** Host name or address; IPv6 without brackets. */
  readonly host: string
  /** Default 9100. */
  readonly port?: number
  /** Limit of `open` in milliseconds. Default 5000. */
  readonly connectTimeoutMs?: number
  /** A write fails after so many milliseconds in which no byte was taken. Default 10000. */
  readonly writeTimeoutMs?: number
  /** `close` fails after so many milliseconds in which the printer neither sent a byte nor ended the connection. Default 10000. */
  readonly closeTimeoutMs?: number
}

const PIECE_BYTES = 65_536

/**
 * A network printer.
 *
 * Closing sends the remaining bytes, ends our half of the connection, and reads until the printer ends its half, because a socket that is
 * destroyed while the printer still sends status bytes loses the bytes that are not delivered yet.
 *
 * @example
 * tcp({ host: '192.168.1.50' }).uri // 'tcp://192.168.1.50:9100'
 */
export function tcp(options: TcpOptions): Transport {
  const { host, port = 9100 } = options
  if (host === '' || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new TransportError(`tcp: host "${host}", port ${port} is no address`, {
      code: 'ADDRESS_INVALID',
      hint: 'give a host name or address, and a port from 1 to 65535',
      phase: 'open',
    })
  }
  const uri = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    uri,
    twoWay: true,
    open: (wait) => openTcp(uri, host, port, options, wait),
  }
}

async function openTcp(
  uri: string,
  host: string,
  port: number,
  options: TcpOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const limitMs = wait.timeoutMs ?? options.connectTimeoutMs ?? 5000
  const guard = startGuard({
    totalMs: limitMs,
    signal: wait.signal,
    timedOut: () => connectTimeout(uri, limitMs),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  let socket: Socket | undefined
  try {
    const net = await guard.race(import('node:net'))
    socket = net.connect({ host, port, noDelay: true, keepAlive: true, autoSelectFamily: true })
    await guard.race(connected(socket))
    return connectionOver(socket, uri, options)
  } catch (error) {
    socket?.destroy()
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    // This listener stays after connecting, because an error without a listener would end the process.
    socket.on('error', reject)
  })
}

function connectionOver(socket: Socket, uri: string, options: TcpOptions): Connection {
  return new LinkConnection(
    {
      uri,
      pieceBytes: PIECE_BYTES,
      writeStallMs: options.writeTimeoutMs ?? 10_000,
      closeStallMs: options.closeTimeoutMs ?? 10_000,
    },
    (events) => socketLink(socket, events),
  )
}

function socketLink(socket: Socket, events: LinkEvents): Link {
  socket.on('data', (data) => events.received(new Uint8Array(data)))
  socket.on('error', (error) => events.ended(error))
  socket.on('end', () => {
    // The printer has ended its half. If ours is still open, the printer takes no more bytes; otherwise this confirms our end.
    if (!socket.writableEnded) events.ended(undefined)
  })
  return {
    send: (piece) =>
      new Promise((resolve, reject) => {
        socket.write(piece, (error) => (error ? reject(error) : resolve()))
      }),
    finish: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve())
        socket.end()
      }),
    destroy: () => socket.destroy(),
  }
}
