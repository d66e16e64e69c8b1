/** The library's error classes. Each error has a literal code, a path to the place of the fault, and a hint how to mend it. */

export interface ErrorDetails {
  /** Stable, machine-readable name such as `RECEIPT_INVALID`. */
  readonly code: string
  /** Path in the receipt, profile or data, for example `nodes[3].value`. */
  readonly path?: string | undefined
  /** How to mend the fault, in a sentence. */
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
  /** A literal in each class, because a bundler that shortens names would change `new.target.name`. */
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

/** Longest message in characters, because messages quote the caller's input, which may be megabytes. */
const MAX_TEXT = 1000

function clipped(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
}

/**
 * A receipt, template, data or profile that cannot be printed as given. Its texts may quote the input, so digits that may be a card number
 * are replaced by stars.
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
 * An unknown option or argument of a function, or one with an invalid value. Thrown before the function does anything.
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
  /** Bytes that the operating system had taken: an upper bound of the bytes that the printer has. */
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
 * Replaces each digit of a possible card number by a star, because messages are logged, and a log must not contain card numbers.
 * @example withoutCardNumbers('found "6222 0212 3456 7890"') // 'found "**** **** **** ****"'
 */
export function withoutCardNumbers(text: string): string {
  return text.replace(CARD_NUMBER, (digits) => digits.replace(/[0-9０-９]/g, '*'))
}
