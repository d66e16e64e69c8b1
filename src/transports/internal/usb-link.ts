/** An opened USB printer: pieces go out with a long limit, and what it says is asked for in short waits. */

import { messageOf } from '../../model/realms.js'
import type { Link, LinkEvents } from './link-connection.js'
import type { UsbDevice, UsbPrinterInterface } from './usb-types.js'

/** A transfer cannot be taken back, and a device cannot be closed while one runs: so no wait for an answer is long. */
const LISTEN_MS = 150
/** In a browser such a wait has no end until the device is closed. */
const LISTENER_ENDS_MS = 500
/** A printer that sends empty packets is asked no faster than this. */
const EMPTY_PAUSE_MS = 10

/** So much longer than its write, so that no transfer is cut while the write still waits: what it took would not be known. */
const TRANSFER_MORE_MS = 1000
/** However long a write may wait: until it ends, a device that was given up stays held. */
const LONGEST_TRANSFER_MS = 120_000

export function usbLink(
  device: UsbDevice,
  { out, in: input }: UsbPrinterInterface,
  /** Gives the device back. */
  release: () => Promise<void>,
  events: LinkEvents,
): Link {
  let leaving = false
  let sending: Promise<unknown> = Promise.resolve()
  let left: Promise<void> | undefined

  const listen = async (endpoint: number, length: number) => {
    while (!leaving) {
      const data = await device.transferIn(endpoint, length, LISTEN_MS).then(
        (result) => result.data,
        (error: unknown) => {
          if (!isTimeout(error)) throw error
          return undefined
        },
      )
      if (data !== undefined && data.byteLength > 0) {
        events.received(new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice())
      } else await pause(EMPTY_PAUSE_MS)
    }
  }
  // One packet each time: a wait that ends has then taken a whole packet or none.
  const listening = input && listen(input.endpointNumber, input.packetSize)
  listening?.catch((error: unknown) => {
    if (!leaving) events.ended(named('ENODEV', error))
  })

  const leave = () => {
    leaving = true
    left ??= (async () => {
      await sending.catch(() => {})
      await Promise.race([listening?.catch(() => {}), pause(LISTENER_ENDS_MS)])
      await release()
    })()
    return left
  }

  const send = async (piece: Uint8Array, limitMs: number) => {
    const transferMs = Math.min(limitMs + TRANSFER_MORE_MS, LONGEST_TRANSFER_MS)
    const result = await device.transferOut(out.endpointNumber, piece, transferMs)
    if (result.status === 'stall') throw new Error('stall')
    if (result.bytesWritten < piece.length) throw new Error('not all bytes were taken')
  }
  return {
    send(piece, limitMs) {
      const work = send(piece, limitMs).catch(async (error: unknown) => {
        // A transfer that fails while the device is open: it was unplugged or switched off.
        if (!/stall/i.test(textOf(error))) throw named('ENODEV', error)
        // Cleared for whoever opens it next; this job ends here, since what was taken is not known.
        await device.clearHalt('out', out.endpointNumber).catch(() => {})
        throw named('USB_STALLED', error)
      })
      sending = work
      return work
    },
    finish: leave,
    destroy: () => void leave().catch(() => {}),
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function textOf(error: unknown): string {
  return messageOf(error)
}

function isTimeout(error: unknown): boolean {
  return /cancel|timed? ?out/i.test(textOf(error))
}

/** An error under a name that `explainFailure` knows. */
function named(code: string, cause: unknown): Error {
  return Object.assign(new Error(textOf(cause), { cause }), { code })
}
