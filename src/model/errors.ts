/** The library's few error classes: each has a literal code, says where, and names the fix. */

export interface ErrorDetails {
  /** Stable, machine-readable name such as `RECEIPT_INVALID`. */
  readonly code: string
  /** Path in the receipt, profile or data, for example `nodes[3].value`. */
  readonly path?: string | undefined
  /** The way to mend it, in a sentence. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/**
 * Base of every error that this library throws on purpose. If one is thrown before sending, the paper is still
 * clean.
 *
 * @example
 * try {
 *   findProfile('no such printer')
 * } catch (error) {
 *   error instanceof XiaopiaoError && error.code // 'PROFILE_UNKNOWN'
 * }
 */
export class XiaopiaoError extends Error {
  /** Written out in each class, because a bundler that shortens names would change `new.target.name`. */
  override readonly name: string = 'XiaopiaoError'
  readonly code: string
  readonly path: string | undefined
  readonly hint: string | undefined

  constructor(message: string, details: ErrorDetails) {
    super(clipped(message), details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code
    this.path = details.path === undefined ? undefined : clipped(details.path)
    this.hint = details.hint
  }
}

/** Messages quote what was given, and that may be megabytes. */
const MAX_TEXT = 1000

function clipped(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
}

/**
 * A receipt, template, data or profile that cannot be printed as given. Its texts may quote what was given, so that
 * digits that may be a card number are stars in them.
 *
 * @example
 * try {
 *   parseReceipt({ nodes: [{ kind: 'text' }] })
 * } catch (error) {
 *   error instanceof ReceiptError && [error.code, error.path] // ['RECEIPT_INVALID', 'nodes[0].text']
 * }
 */
export class ReceiptError extends XiaopiaoError {
  override readonly name: string = 'ReceiptError'

  constructor(message: string, details: ErrorDetails) {
    const { hint, path } = details
    super(withoutCardNumbers(message), {
      ...details,
      hint: hint === undefined ? undefined : withoutCardNumbers(hint),
      path: path === undefined ? undefined : withoutCardNumbers(path),
    })
  }
}

/**
 * An option or an argument that a function does not have, or a value that it cannot have. Thrown before anything happens.
 *
 * @example
 * try {
 *   compile(receipt, { profile, onUnsuported: 'draw' } as never)
 * } catch (error) {
 *   error instanceof OptionError && error.path // 'options.onUnsuported'
 * }
 */
export class OptionError extends XiaopiaoError {
  override readonly name: string = 'OptionError'
}

/** How far a transport got when it failed. */
export type TransportPhase = 'open' | 'write' | 'read' | 'close'

export interface TransportErrorDetails extends ErrorDetails {
  readonly phase: TransportPhase
  /** Bytes that the operating system had taken: an upper bound of what the printer can have. */
  readonly bytesWritten?: number
}

/**
 * A failure between this process and the device.
 *
 * @example
 * const opening = tcp({ host: '127.0.0.1', port: 1 }).open()
 * await opening.catch((error) => error instanceof TransportError && error.phase) // 'open'
 */
export class TransportError extends XiaopiaoError {
  override readonly name: string = 'TransportError'
  readonly phase: TransportPhase
  readonly bytesWritten: number

  constructor(message: string, details: TransportErrorDetails) {
    super(message, details)
    this.phase = details.phase
    this.bytesWritten = details.bytesWritten ?? 0
  }
}

/** 13 to 19 digits in a row or more, plain or full-width, with at most one blank, hyphen, dot or underscore between two. */
const CARD_NUMBER = /[0-9０-９](?:[\s\-‐‑–—－._・·]?[0-9０-９]){12,}/g

/**
 * The text with a star for each digit of what may be a card number: messages are logged, and a log must not hold one.
 * @example withoutCardNumbers('found "6222 0212 3456 7890"') // 'found "**** **** **** ****"'
 */
export function withoutCardNumbers(text: string): string {
  return text.replace(CARD_NUMBER, (digits) => digits.replace(/[0-9０-９]/g, '*'))
}
