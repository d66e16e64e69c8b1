/** A link to an opened USB printer: pieces are written with a long limit, and answers are read in short transfers. */

import { messageOf } from '../../model/realms.js'
import type { Link, LinkEvents } from './link-connection.js'
import type { UsbDevice, UsbPrinterInterface } from './usb-types.js'

/** Limit of one read. It is short, because a transfer cannot be cancelled and the device cannot be closed while one runs. */
const LISTEN_MS = 150
/** How long to wait for the last read before closing. In a browser, a read does not end until the device is closed. */
const LISTENER_ENDS_MS = 500
/** Pause between two reads after an empty packet. */
const EMPTY_PAUSE_MS = 10

/** A transfer's limit is so much longer than its write's, because it is unknown how many bytes a cancelled transfer took. */
const TRANSFER_MORE_MS = 1000
/** Limit of a transfer however long its write may wait, because an abandoned device stays held until its transfer ends. */
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
  // Each read asks for one packet, so that a read that times out has taken a whole packet or none.
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
        // A transfer that fails without a stall while the device is open means that it was unplugged or switched off.
        if (!/stall/i.test(textOf(error))) throw named('ENODEV', error)
        // The stall is cleared for the next connection. This job ends here, because it is unknown how many bytes were taken.
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

/** Wraps an error with a `code` that `explainFailure` knows. */
function named(code: string, cause: unknown): Error {
  return Object.assign(new Error(textOf(cause), { cause }), { code })
}
