/** Sorts the bytes that a printer sends back: real-time answers, ASB, single answers, blocks, flow control, noise. */

/** A question that is answered by one byte, which does not say what it answers. */
export interface StatusQuery {
  readonly command: 'DLE EOT' | 'GS r' | 'GS I' | 'ESC u' | 'ESC v'
  readonly n: number
}

export type StatusEvent =
  /** Answer to DLE EOT. `query` is the oldest one outstanding, or undefined if there was no question. */
  | { readonly kind: 'realtime'; readonly byte: number; readonly query: StatusQuery | undefined }
  /** Answer to GS r, GS I 1-3, ESC u or ESC v. `query` is as in `realtime`. */
  | { readonly kind: 'single'; readonly byte: number; readonly query: StatusQuery | undefined }
  /** Automatic status back, four bytes: see `factsOfAsb`. */
  | { readonly kind: 'asb'; readonly bytes: Uint8Array }
  /** A block: its header, and its payload without the NUL at its end; see `readBlock`. */
  | { readonly kind: 'block'; readonly header: number; readonly payload: Uint8Array }
  | { readonly kind: 'flow'; readonly signal: 'xon' | 'xoff' }
  /** An ASB or block that another byte, silence or its length cut short. Its answer is lost: ask again. */
  | { readonly kind: 'torn'; readonly what: 'asb' | 'block'; readonly bytes: Uint8Array }
  /** A byte with the bits of a header that is not among the known ones; it opens no block. */
  | { readonly kind: 'unknownHeader'; readonly byte: number }
  | { readonly kind: 'noise'; readonly byte: number }

export interface StatusParserOptions {
  /** Whether XON/XOFF is in use on this link (serial only). Default false. */
  readonly flowControl?: boolean
}

const xon = 0x11
const xoff = 0x13
const knownHeaders = new Set([0x37, 0x39, 0x3b, 0x3d, 0x5f])
/** Longest block. No known block is longer, and a lost NUL must not swallow the stream. */
const MAX_BLOCK = 96

/**
 * The state machine over a printer's answers. It holds no clock: call `idle()` when nothing has come for a while.
 * Sources: tables of Epson's TM-U230 (App. E) and TM-U295 (App. D) specifications, which Citizen and Bematech repeat.
 *
 * @example
 * const parser = new StatusParser()
 * parser.expect({ command: 'DLE EOT', n: 1 })
 * parser.write(Uint8Array.of(0x12)).map(({ kind }) => kind) // ['realtime']
 */
export class StatusParser {
  readonly #flowControl: boolean
  #open: 'asb' | 'block' | undefined
  #kept: number[] = []
  #realtime: StatusQuery[] = []
  #single: StatusQuery[] = []

  constructor(options: StatusParserOptions = {}) {
    this.#flowControl = options.flowControl ?? false
  }

  /** Notes a question that was sent, so that its answer can be recognised. */
  expect(query: StatusQuery): void {
    const queue = query.command === 'DLE EOT' ? this.#realtime : this.#single
    queue.push(query)
  }

  /** Stops waiting for the answer to `query`. It has no effect if the answer has come already. */
  forget(query: StatusQuery): void {
    this.#realtime = this.#realtime.filter((one) => one !== query)
    this.#single = this.#single.filter((one) => one !== query)
  }

  /** Questions whose answers have not come, oldest first: real-time ones, then the others. */
  get outstanding(): readonly StatusQuery[] {
    return [...this.#realtime, ...this.#single]
  }

  /** Gives up waiting for all answers, and forgets a half block or ASB: after a reset or a lost connection. */
  reset(): void {
    this.#open = undefined
    this.#kept = []
    this.#realtime = []
    this.#single = []
  }

  /** Returns the events that these bytes complete, in order. */
  write(chunk: Uint8Array): StatusEvent[] {
    const events: StatusEvent[] = []
    for (const byte of chunk) this.#take(byte, events)
    return events
  }

  /** Gives up an open block or half an ASB as `torn`, because the line was silent and the rest will not come. */
  idle(): StatusEvent[] {
    const events: StatusEvent[] = []
    if (this.#open !== undefined) this.#tear(this.#open, events)
    return events
  }

  #take(byte: number, events: StatusEvent[]): void {
    if (this.#flowControl && (byte === xon || byte === xoff)) {
      events.push({ kind: 'flow', signal: byte === xon ? 'xon' : 'xoff' })
    } else if (this.#open === 'block') this.#takeInBlock(byte, events)
    else if (this.#open === 'asb') this.#takeInAsb(byte, events)
    else this.#classify(byte, events)
  }

  #takeInBlock(byte: number, events: StatusEvent[]): void {
    if (byte === 0) {
      const [header = 0, ...payload] = this.#close()
      events.push({ kind: 'block', header, payload: Uint8Array.from(payload) })
    } else if (isPayload(byte) && this.#kept.length < MAX_BLOCK) {
      this.#kept.push(byte)
    } else {
      this.#tear('block', events)
      this.#classify(byte, events)
    }
  }

  #takeInAsb(byte: number, events: StatusEvent[]): void {
    if ((byte & 0x90) === 0) {
      this.#kept.push(byte)
      if (this.#kept.length === 4) {
        events.push({ kind: 'asb', bytes: Uint8Array.from(this.#close()) })
      }
    } else {
      this.#tear('asb', events)
      this.#classify(byte, events)
    }
  }

  #classify(byte: number, events: StatusEvent[]): void {
    if ((byte & 0x80) !== 0 || byte === xon || byte === xoff) events.push({ kind: 'noise', byte })
    else if ((byte & 0x93) === 0x10) this.#begin('asb', byte)
    else if ((byte & 0x93) === 0x12) {
      events.push({ kind: 'realtime', byte, query: this.#realtime.shift() })
    } else if (knownHeaders.has(byte)) this.#begin('block', byte)
    else if ((byte & 0x91) === 0x11) events.push({ kind: 'unknownHeader', byte })
    else events.push({ kind: 'single', byte, query: this.#takeSingle(byte) })
  }

  #takeSingle(byte: number): StatusQuery | undefined {
    const [oldest] = this.#single
    const asksPaper = oldest?.command === 'GS r' && oldest.n % 48 === 1
    return asksPaper && !isPaperAnswer(byte) ? undefined : this.#single.shift()
  }

  #begin(what: 'asb' | 'block', byte: number): void {
    this.#open = what
    this.#kept = [byte]
  }

  #close(): number[] {
    const kept = this.#kept
    this.#open = undefined
    this.#kept = []
    return kept
  }

  #tear(what: 'asb' | 'block', events: StatusEvent[]): void {
    events.push({ kind: 'torn', what, bytes: Uint8Array.from(this.#close()) })
  }
}

/** Whether a byte may answer GS r 1, whose bits come in pairs. Other bytes have another cause, such as the 06 after FS p. */
export function isPaperAnswer(byte: number): boolean {
  const isPair = (bits: number) => bits === 0 || bits === 3
  return (byte & 0x90) === 0 && isPair(byte & 3) && isPair((byte >> 2) & 3)
}

/** All known payloads are printable ASCII with 1F as separator. */
function isPayload(byte: number): boolean {
  return byte === 0x1f || (byte >= 0x20 && byte <= 0x7f)
}

/** The content of a block. */
export type BlockAnswer =
  /** GS ( H fn 48: the data before the request with this ID are printed. Cumulative: earlier IDs may be skipped. */
  | { readonly kind: 'processId'; readonly id: string }
  /** GS ( H fn 49: the printer went offline; the causes differ by model. */
  | { readonly kind: 'offline'; readonly causes: Uint8Array }
  /** DLE DC4 fn 8: the buffers are clear. */
  | { readonly kind: 'buffersCleared' }
  /** DLE DC4 fn 2: the printer is about to switch off. */
  | { readonly kind: 'powerOff' }
  /** GS ( L fn 48 and 51: bytes of the NV graphics area. */
  | { readonly kind: 'nvCapacity'; readonly bytes: number }
  | { readonly kind: 'nvFree'; readonly bytes: number }
  /** GS ( k fn 182: size of the stored QR symbol; whether it can be printed. */
  | {
      readonly kind: 'symbolSize'
      readonly width: number
      readonly height: number
      readonly printable: boolean
    }
  /** GS I 65 to 69: firmware, maker, model, serial number or language font. */
  | { readonly kind: 'information'; readonly text: string }
  | { readonly kind: 'other'; readonly header: number; readonly payload: Uint8Array }

/**
 * Reads a block by its header and the identifier that follows it.
 *
 * @example
 * readBlock(0x5f, new TextEncoder().encode('TM-T88V')) // { kind: 'information', text: 'TM-T88V' }
 */
export function readBlock(header: number, payload: Uint8Array): BlockAnswer {
  const text = String.fromCharCode(...payload)
  const rest = text.slice(1)
  if (header === 0x5f) return { kind: 'information', text }
  if (header === 0x3b && payload[0] === 0x30) return { kind: 'powerOff' }
  if (header !== 0x37) return { kind: 'other', header, payload }
  switch (payload[0]) {
    case 0x22:
      return { kind: 'processId', id: rest }
    case 0x23:
      return { kind: 'offline', causes: payload.slice(1) }
    case 0x25:
      return { kind: 'buffersCleared' }
    case 0x30:
      return digits(rest) ? { kind: 'nvCapacity', bytes: Number(rest) } : other(header, payload)
    case 0x31:
      return digits(rest) ? { kind: 'nvFree', bytes: Number(rest) } : other(header, payload)
    case 0x36:
      return readSymbolSize(rest) ?? other(header, payload)
    default:
      return other(header, payload)
  }
}

function other(header: number, payload: Uint8Array): BlockAnswer {
  return { kind: 'other', header, payload }
}

function digits(text: string): boolean {
  return /^[0-9]+$/.test(text)
}

/** w 1F h 1F 31 1F 30|31: digits, then whether it can be printed (30) or not (31). */
function readSymbolSize(text: string): BlockAnswer | undefined {
  const [width = '', height = '', , printable] = text.split('\x1f')
  if (!digits(width) || !digits(height)) return undefined
  return {
    kind: 'symbolSize',
    width: Number(width),
    height: Number(height),
    printable: printable === '0',
  }
}
