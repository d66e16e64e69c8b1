/** A link over a device file opened without blocking. It is written when it has room, and read every few milliseconds. */

import type { FileHandle } from 'node:fs/promises'
import { errnoOf } from './failures.js'
import type { Link, LinkEvents } from './link-connection.js'

const POLL_MS = 10
const READ_BYTES = 1024

export function deviceLink(handle: FileHandle, readable: boolean, events: LinkEvents): Link {
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= handle.close()
    return closed
  }

  const listen = async () => {
    const buffer = new Uint8Array(READ_BYTES)
    while (closed === undefined) {
      const count = await bytesRead(handle.read(buffer, 0, READ_BYTES, null))
      if (count > 0) events.received(buffer.slice(0, count))
      else await pause()
    }
  }
  if (readable) {
    listen().catch((error: unknown) => {
      if (closed === undefined) events.ended(error)
    })
  }

  return {
    async send(piece) {
      for (let sent = 0; sent < piece.length && closed === undefined; ) {
        const { bytesWritten } = await busyAsNone(handle.write(piece, sent, piece.length - sent))
        sent += bytesWritten
        if (bytesWritten > 0) events.progress()
        else await pause()
      }
    },
    async finish() {
      // The kernel's USB printer driver drops the transfer in flight when the file is closed.
      // It refuses an empty write as long as there is one, so that is how to wait for it.
      const none = new Uint8Array(1)
      while (closed === undefined && (await isBusy(handle.write(none, 0, 0)))) await pause()
      await close()
    },
    destroy: () => void close().catch(() => {}),
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, POLL_MS))

async function isBusy(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt
    return false
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return true
    throw error
  }
}

async function busyAsNone(attempt: Promise<{ bytesWritten: number }>) {
  try {
    return await attempt
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return { bytesWritten: 0 }
    throw error
  }
}

async function bytesRead(attempt: Promise<{ bytesRead: number }>): Promise<number> {
  try {
    return (await attempt).bytesRead
  } catch (error) {
    if (errnoOf(error) === 'EAGAIN') return 0
    throw error
  }
}
