/** A virtual printer at the far end of a terminal line, or of the kernel's printer gadget: a file to read and write. */

import type { Front, FrontHost } from './front.js'
import { QuietJobs } from './quiet-jobs.js'

export interface LineFrontOptions {
  readonly path: string
  /** The address of the near end. */
  readonly uri: string
  /** Time without a byte after which a job is over, because a line has no connections. Default 500. */
  readonly quietMs?: number
}

/** Time for which a printer is off after a power cut. Bytes that it is sent meanwhile are lost. */
const OFF_MS = 400
/** Shortest and longest pause between two reads of an idle line. */
const MIN_PAUSE_MS = 2
const MAX_PAUSE_MS = 20

export async function lineFront(options: LineFrontOptions, host: FrontHost): Promise<Front> {
  const { constants } = await import('node:fs')
  const { open } = await import('node:fs/promises')
  const flags = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY
  const handle = await open(options.path, flags)
  const buffer = new Uint8Array(4096)
  let held = false
  let off = false
  let closing = false
  let waiting: Uint8Array = new Uint8Array(0)
  let saying: Promise<unknown> = Promise.resolve()
  let offTimer: ReturnType<typeof setTimeout> | undefined
  const jobs = new QuietJobs(host, () => waiting.length > 0, options.quietMs)

  const pump = () => {
    while (!held && waiting.length > 0) {
      const count = host.take(waiting)
      waiting = waiting.subarray(count)
      if (count === 0) return
    }
  }
  const receive = (bytes: Uint8Array) => {
    if (off) return
    jobs.heard()
    waiting = bytes
    pump()
  }
  const listen = async () => {
    let pauseMs = MIN_PAUSE_MS
    while (!closing) {
      const blocked = held || waiting.length > 0 || (!off && host.full())
      const count = blocked ? 0 : await readSome()
      if (count > 0) {
        pauseMs = MIN_PAUSE_MS
        receive(buffer.slice(0, count))
      } else {
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 1.5)
        pump()
      }
    }
  }
  const readSome = async (): Promise<number> => {
    try {
      return (await handle.read(buffer, 0, buffer.length, null)).bytesRead
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
      throw error
    }
  }
  const dropAll = () => {
    waiting = new Uint8Array(0)
    jobs.broken()
  }
  // A line whose other end is gone brings no more bytes.
  const listening = listen().catch(() => jobs.broken())
  return {
    uri: options.uri,
    get connections() {
      return jobs.count
    },
    say(bytes) {
      // One after the other, because the bytes of concurrent writes may change places.
      saying = saying.then(() => handle.write(bytes)).catch(() => {})
      return true
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      // A line does not break: what is sent to a printer that is off is lost.
      if (how === 'stall') return
      dropAll()
      off = true
      clearTimeout(offTimer)
      offTimer = setTimeout(() => {
        off = false
      }, OFF_MS)
    },
    async switchOff() {
      clearTimeout(offTimer)
      off = true
      dropAll()
    },
    async switchOn() {
      off = false
    },
    async close() {
      closing = true
      clearTimeout(offTimer)
      dropAll()
      await listening
      await handle.close().catch(() => {})
    },
  }
}
