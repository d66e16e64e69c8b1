/** The device at the far end of a terminal line. */

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Front, FrontEvents } from './host.js'

const OFF_MS = 400

export async function ttyFront(
  { path }: { readonly path: string },
  events: FrontEvents,
): Promise<Front> {
  const handle = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
  let held = false
  let off = false
  let saying: Promise<unknown> = Promise.resolve()
  let waiting: Uint8Array = new Uint8Array(0)
  const buffer = new Uint8Array(4096)
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

  const pump = () => {
    while (!held && waiting.length > 0) {
      const count = events.take(waiting)
      if (count === 0) return
      waiting = waiting.subarray(count)
    }
  }
  const listen = async () => {
    for (;;) {
      const blocked = held || waiting.length > 0
      const { bytesRead } = blocked
        ? { bytesRead: 0 }
        : await handle.read(buffer, 0, buffer.length, null).catch((error) => {
            if (error.code === 'EAGAIN') return { bytesRead: 0 }
            throw error
          })
      if (bytesRead === 0) await pause()
      else if (!off) waiting = buffer.slice(0, bytesRead)
      pump()
    }
  }
  // A line whose other end is pulled is the end of this process's work.
  listen().catch(() => {})
  return {
    connections: 0,
    say(bytes) {
      // One after the other: writes that run side by side change places.
      saying = saying.then(() => handle.write(bytes)).catch(() => {})
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink() {
      // A serial line does not break: what is sent to a printer that is off is lost.
      waiting = new Uint8Array(0)
      off = true
      setTimeout(() => {
        off = false
      }, OFF_MS)
    },
  }
}
