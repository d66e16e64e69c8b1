/** The forms in which a job may be given, and the check of its bytes before they are sent. */

import { decodeAll } from '../encoders/escpos/codec.js'
import type { CommandKind } from '../encoders/escpos/commands/index.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { ReceiptError } from '../model/errors.js'
import type { OptionRule } from '../model/options.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'

export const JOB: OptionRule = {
  says: 'a receipt, what compile gives, or bytes (a Uint8Array)',
  accepts: (value) =>
    isBytes(value) || (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)),
  hint: "print a text as a receipt: { nodes: [{ kind: 'text', text: 'hello' }] }",
}

/** The rule for a job given to a printer without a compiler: it must be bytes, or compiled already. */
export const MADE_JOB: OptionRule = {
  says: 'what compile gives, or bytes (a Uint8Array)',
  accepts: (value) =>
    isBytes(value) ||
    (typeof value === 'object' && value !== null && 'bytes' in value && isBytes(value.bytes)),
  hint: 'compile the receipt for the printer that is to print it: compile(receipt, { profile })',
}

/** First bytes of files that people send to printers by mistake, which a printer would print as pages of characters. */
const FILES: readonly (readonly [name: string, start: readonly number[]])[] = [
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive, such as an office document', [0x50, 0x4b, 0x03, 0x04]],
]

/** @throws ReceiptError `JOB_EMPTY`; `JOB_IS_FILE` unless the caller wants the bytes as they are */
export function checkJob({ bytes, ...job }: PrintJob, raw: boolean): void {
  const strip = 'strip' in job ? (job.strip as { readonly blocks?: readonly unknown[] }) : undefined
  if (bytes.length === 0 || strip?.blocks?.length === 0) {
    throw new ReceiptError('there is nothing to print in this job', {
      code: 'JOB_EMPTY',
      path: 'job',
      hint: 'give a receipt with at least one node, or bytes',
    })
  }
  const file = raw
    ? undefined
    : FILES.find(([, start]) => start.every((byte, i) => bytes[i] === byte))
  if (file === undefined) return
  throw new ReceiptError(`the bytes are ${file[0]}, which a receipt printer prints as letters`, {
    code: 'JOB_IS_FILE',
    path: 'job',
    hint: 'print a picture as an image node of a receipt; raw: true (--raw) sends the bytes as they are',
  })
}

const FILLS_LINE: ReadonlySet<CommandKind> = new Set<CommandKind>(['text', 'bitImage'])
/** `cut` (GS V 0 and 1) is not among them: printers ignore it in the middle of a line. */
const ENDS_LINE: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'lineFeed',
  'feedDots',
  'feedLines',
  'reverseFeedDots',
  'reverseFeedLines',
  'formFeed',
  'feedToMark',
  'lineStart',
  'initialize',
  'cancel',
  'cutFeed',
  'raster',
  'variableHeightImage',
  'printNvImage',
  'graphicsPrint',
  'graphicsNvPrint',
  'pagePrint',
  'standardMode',
  'realtimeClear',
])

/** Whether the bytes leave text in the line buffer, which would come out with the next job. */
export function leavesLine(bytes: Uint8Array): boolean {
  if (endsWithFeed(bytes)) return false
  let isLeft = false
  for (const { command } of decodeAll(bytes)) {
    if (FILLS_LINE.has(command.kind)) isLeft = true
    else if (ENDS_LINE.has(command.kind)) isLeft = false
  }
  return isLeft
}

/**
 * Whether the bytes surely end with LF, as most jobs do, so that they need not be decoded. If ESC, FS or GS comes shortly before the 0A,
 * that byte may be a parameter.
 */
function endsWithFeed(bytes: Uint8Array): boolean {
  if (bytes.at(-1) !== 0x0a) return false
  return !bytes.subarray(-4).some((byte) => byte === 0x1b || byte === 0x1c || byte === 0x1d)
}

export const LINE_NOT_PRINTED: Diagnostic = {
  code: 'LINE_NOT_PRINTED',
  severity: 'warning',
  message:
    'the last line of the bytes has no line feed: it stays in the printer, and the next job prints it',
  path: 'job',
  hint: 'end the bytes with a line feed (0A), or give finishLine: true (--finish-line)',
}
