/** Server-sent events of a virtual printer: its state, and the paper row by row as it comes out. */

import type { ServerResponse } from 'node:http'
import { bytesPerRow } from '../../model/bitmap.js'
import type { PrinterEvent, PrinterEvents } from './events.js'
import { commonHeaders } from './http.js'
import { type ControlTarget, stateOf } from './state.js'

/** Changes within this time are sent together. */
const FLUSH_MS = 30
const ROWS_PER_EVENT = 512
/** A client that leaves more bytes than this unread is disconnected. */
const MAX_UNREAD = 16 << 20

/** Sends all events to a client until it disconnects. */
export function streamEvents(
  target: ControlTarget & { readonly events: PrinterEvents },
  response: ServerResponse,
): void {
  const { server, profile } = target
  const { device } = server
  const stride = bytesPerRow(profile.widthDots)
  let present = device.present
  /** Number of rows of the present piece that were sent. */
  let told = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastState = ''

  response.writeHead(200, { 'content-type': 'text/event-stream', ...commonHeaders })
  const tell = (event: string, data: unknown) => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    if (response.writableLength > MAX_UNREAD) response.destroy()
  }
  const tellRows = (rows: Uint8Array) => {
    for (let at = 0; at < rows.length; at += ROWS_PER_EVENT * stride) {
      const band = rows.subarray(at, at + ROWS_PER_EVENT * stride)
      const heightDots = band.length / stride
      const data = Buffer.from(band).toString('base64')
      tell('rows', { number: present.number, y: told, heightDots, data })
      told += heightDots
    }
  }
  const flush = () => {
    timer = undefined
    present = device.present
    tellRows(device.rows(present.row + told, present.outRow))
    const state = stateOf(target)
    const words = JSON.stringify(state)
    if (words !== lastState) tell('state', state)
    lastState = words
  }
  const soon = () => {
    timer ??= setTimeout(flush, FLUSH_MS)
  }
  const hear = (event: PrinterEvent) => {
    switch (event.kind) {
      case 'printed':
        told = Math.min(told, Math.max(0, event.from - present.row))
        break
      case 'piece': {
        const { number, paper, cut } = event.piece
        tellRows(paper.bitmap.data.subarray(told * stride))
        tell('cut', { number, mode: cut ?? 'torn', heightDots: paper.heightDots })
        present = device.present
        told = 0
        break
      }
      case 'restarted':
        present = device.present
        told = 0
        tell('restarted', { number: present.number })
        break
      case 'pulsed':
        tell('pulse', { pin: event.pin })
        break
      case 'fault':
        tell('fault', { fault: event.text })
        break
      case 'job':
      case 'changed':
        break
    }
    soon()
  }
  tell('hello', {
    number: present.number,
    widthDots: profile.widthDots,
    paperDots: Math.max(profile.widthDots, Math.round((profile.paperMm * profile.dpi) / 25.4)),
    dotsPerMm: profile.dpi / 25.4,
  })
  flush()
  const stop = target.events.listen(hear)
  // Some state changes without an event, such as the number of buffered bytes, so it is looked at regularly.
  const pulse = setInterval(soon, 250)
  response.on('close', () => {
    stop()
    clearInterval(pulse)
    clearTimeout(timer)
  })
}
