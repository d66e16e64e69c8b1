/** Receipt → bytes: parse, lay out, lower, encode. Pure and synchronous; a bad receipt throws before there are bytes. */

import type { CanDraw, Charset } from './charsets/charset.js'
import { layoutParts, layoutReceipt } from './elements/layout-receipt.js'
import type { Receipt } from './elements/nodes.js'
import { checkedReceipt } from './elements/receipt.js'
import type { Command } from './encoders/escpos/commands/index.js'
import { drawnBlocks } from './encoders/escpos/drawn-blocks.js'
import {
  type LoweredBytes,
  type LowerOptions,
  lowerInPieces,
  lowerStrip,
  lowerToBytes,
} from './encoders/escpos/lower.js'
import { type BytePlaces, segmentBytes } from './encoders/escpos/segments.js'
import { hasGlyph } from './glyphs/glyphs.js'
import type { Diagnostic } from './model/diagnostic.js'
import type { DrawnBlock } from './model/drawn-block.js'
import { ReceiptError, withoutCardNumbers } from './model/errors.js'
import type { Metrics } from './model/metrics.js'
import {
  CALLBACK,
  needed,
  OBJECT,
  type OptionRules,
  PROFILE,
  readOptions,
} from './model/options.js'
import type { PrintJob, Segment } from './model/print-job.js'
import type { Profile } from './model/profile.js'
import { RECEIPT_RULES, type ReceiptOptions } from './model/receipt-options.js'
import type { Strip } from './model/strip.js'
import { charsetOf, metricsOf } from './profiles/derive.js'
import { parseProfile } from './profiles/parse-profile.js'

export interface CompileOptions extends ReceiptOptions {
  readonly profile: Profile
}

export interface Compiled extends PrintJob {
  readonly bytes: Uint8Array
  /**
   * The segments into which the bytes may be split, with the lines of the receipt in each of them. Computed when first
   * read.
   */
  readonly segments: readonly Segment[]
  /** Makes the bytes of the heading of a second copy: 补打 in large letters, and what it means. */
  reprintHeading(): Uint8Array
  /** The commands that the bytes encode. Computed when first read. */
  readonly commands: readonly Command[]
  readonly strip: Strip
  /** The texts that are printed as dots, with the bytes that print them. Computed when first read. */
  readonly drawnBlocks: readonly DrawnBlock[]
  /** Notes of everything that was substituted, drawn, removed or could not be done as asked. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Compiles `receipt` to the bytes that print it on a printer of `profile`.
 * @param receipt built by `text`, `field` and the others, or the result of `bind`; it is checked. For JSON see `compileJson`
 * @throws ReceiptError with code, path and hint when it is not a receipt or cannot be laid out, or the profile has a wrong field;
 * OptionError when an option is unknown or has a value that it cannot have
 *
 * @example
 * compile({ nodes: [text('合计 ¥12.50')] }, { profile: generic58 }).bytes.length // 23
 */
export function compile(receipt: Receipt, options: CompileOptions): Compiled {
  return compileJson(receipt, options)
}

/**
 * Like `compile`, for a value that TypeScript does not know to be a receipt, such as a file or the body of a request.
 * @throws ReceiptError `RECEIPT_INVALID` if the value is not a receipt, with the path of the first fault; else as
 * `compile`
 *
 * @example
 * compileJson(JSON.parse('{"nodes":[{"kind":"text","text":"合计"}]}'), { profile: generic58 }).bytes.length // 15
 */
export function compileJson(receipt: unknown, options: CompileOptions): Compiled {
  const given = readOptions<CompileOptions>('compile', options, COMPILE_RULES)
  const diagnostics: Diagnostic[] = []
  const { parsed, context, lowerOptions } = readInput(receipt, given, (one) => {
    diagnostics.push(one)
  })
  const strip = layoutReceipt(parsed, context, given.images)
  const lowered = lowerToBytes(strip, lowerOptions)
  return new CompiledReceipt(lowered, { strip, diagnostics, lowerOptions })
}

/** Checks the receipt, and derives all that layout and lowering need from the options. */
function readInput(
  receipt: unknown,
  given: CompileOptions,
  onDiagnostic: (diagnostic: Diagnostic) => void,
) {
  const profile = profileOf(given)
  const { logos, onUnsupported = 'substitute', strict = false, allowRaw = false } = given
  // Outlines of fonts are not legible on a head of nine pins.
  const scripts = profile.head === 'thermal' ? given.fonts : undefined
  const report = (diagnostic: Diagnostic) => {
    if (strict && diagnostic.severity !== 'info') throw strictError(diagnostic)
    onDiagnostic({ ...diagnostic, message: withoutCardNumbers(diagnostic.message) })
  }
  const parsed = checkedReceipt(receipt)
  const { charset, metrics } = derivedOf(profile)
  const context = { metrics, charset, report, onUnsupported, allowRaw, scripts }
  return { parsed, context, lowerOptions: { profile, charset, logos, report } }
}

export interface PiecesOptions extends CompileOptions {
  /** Called with each diagnostic that `compile` has in `diagnostics`, in the order of the paper. Default: they are dropped. */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void
}

/**
 * Yields the bytes of `compile` in pieces of about 64 KB, each made when it is requested, so that a report of a million rows takes no more
 * memory than one of a thousand. The rows are those of `columns` whose widths are numbers or percents, without rules and borders; a table of
 * other columns is laid out as a whole, and so is a receipt for a printer with several code pages.
 * @throws at once what `compile` throws for wrong options and for a value that is not a receipt; during iteration, after the pieces before
 * it, what it throws for a node that cannot be laid out
 *
 * @example
 * const rows = Array.from({ length: 10_000 }, (_, i) => [`No. ${i}`, '5.00'])
 * const nodes = [columns([{ width: 20 }, { width: 12, align: 'right' }], rows)]
 * let length = 0
 * for (const piece of compilePieces({ nodes }, { profile: generic58 })) length += piece.length
 * length // 168900
 */
export function compilePieces(
  receipt: Receipt,
  options: PiecesOptions,
): Generator<Uint8Array, void, undefined> {
  const given = readOptions<PiecesOptions>('compilePieces', options, PIECES_RULES)
  const { onDiagnostic = () => {} } = given
  const { parsed, context, lowerOptions } = readInput(receipt, given, onDiagnostic)
  const { metrics, charset } = context
  const { widthDots, lineSpacingDots } = metrics
  const inParts = layoutParts(parsed, context, given.images)
  const parts = charset.pages.length < 2 ? inParts : [[...inParts].flat()]
  return lowerInPieces(parts, { widthDots, lineSpacingDots }, lowerOptions)
}

interface Derived {
  readonly charset: Charset
  readonly metrics: Metrics
}

const derivedByProfile = new WeakMap<Profile, Derived>()

/** Returns the charset and the metrics of a profile, from a cache because they are the same for every receipt. */
function derivedOf(profile: Profile): Derived {
  let derived = derivedByProfile.get(profile)
  if (derived === undefined) {
    derived = { charset: charsetOf(profile, canDrawOn[profile.head]), metrics: metricsOf(profile) }
    derivedByProfile.set(profile, derived)
  }
  return derived
}

interface Origin {
  readonly strip: Strip
  readonly diagnostics: readonly Diagnostic[]
  readonly lowerOptions: Omit<LowerOptions, 'report'>
}

/** Computes segments and commands when they are first read. It is a class, because its getters cost less than those of an object literal. */
class CompiledReceipt implements Compiled {
  readonly bytes: Uint8Array
  readonly strip: Strip
  readonly diagnostics: readonly Diagnostic[]
  readonly #places: BytePlaces
  readonly #lowerOptions: Omit<LowerOptions, 'report'>
  #segments: readonly Segment[] | undefined
  #commands: readonly Command[] | undefined
  #drawnBlocks: readonly DrawnBlock[] | undefined

  constructor(lowered: LoweredBytes, { strip, diagnostics, lowerOptions }: Origin) {
    this.bytes = lowered.bytes
    this.strip = strip
    this.diagnostics = diagnostics
    this.#places = lowered
    this.#lowerOptions = lowerOptions
  }

  /** Lowers the strip once more, without the diagnostics, which were reported when the bytes were made. */
  get commands(): readonly Command[] {
    this.#commands ??= lowerStrip(this.strip, { ...this.#lowerOptions, report: () => {} })
    return this.#commands
  }

  get segments(): readonly Segment[] {
    this.#segments ??= segmentBytes(this.bytes.length, this.strip, this.#places)
    return this.#segments
  }

  get drawnBlocks(): readonly DrawnBlock[] {
    this.#drawnBlocks ??= drawnBlocks(this.bytes.length, this.strip, this.#places.blockStarts)
    return this.#drawnBlocks
  }

  reprintHeading(): Uint8Array {
    return compile(REPRINT_HEADING, { profile: this.#lowerOptions.profile }).bytes
  }
}

const REPRINT_HEADING: Receipt = {
  nodes: [
    { kind: 'text', text: '补打 REPRINT', size: 2, bold: true, align: 'center' },
    { kind: 'text', text: '可能与上一份重复，请核对', align: 'center' },
    { kind: 'rule' },
  ],
}

const checkedProfiles = new WeakMap<object, Profile>()

/** Checks the profile, which may lack a field or have a wrong one. Each object is checked once. */
function profileOf({ profile }: CompileOptions): Profile {
  let checked = checkedProfiles.get(profile)
  if (checked === undefined) {
    checked = parseProfile(profile)
    checkedProfiles.set(profile, checked)
  }
  return checked
}

const COMPILE_RULES: OptionRules<CompileOptions> = {
  // `parseProfile` checks the fields one by one, so that the error has the path of the wrong one.
  profile: needed({ ...PROFILE, accepts: OBJECT.accepts }),
  ...RECEIPT_RULES,
}

const PIECES_RULES: OptionRules<PiecesOptions> = { ...COMPILE_RULES, onDiagnostic: CALLBACK }

/** Tells by the printer's head which characters can be drawn: on 9 pins only the small glyphs are legible. */
const canDrawOn: Readonly<Record<Profile['head'], CanDraw>> = {
  thermal: (codePoint, cellWidth) => hasGlyph(codePoint, 'A', cellWidth),
  '9-pin': (codePoint, cellWidth) => hasGlyph(codePoint, 'pin', cellWidth),
}

function strictError({ code, message, path, hint }: Diagnostic): ReceiptError {
  return new ReceiptError(message, { code, path, hint })
}
