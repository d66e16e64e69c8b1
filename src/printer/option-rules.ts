/**
 * The rules for each option of a printer and of a queue. Each function that takes options checks them once against these rules.
 */

import {
  CALLBACK,
  DATE,
  FLAG,
  milliseconds,
  needed,
  type OptionRules,
  objectWith,
  oneOf,
  optionsOf,
  PROFILE_OR_ANSWERS,
  SIGNAL,
  TEXT,
  TIME_LIMIT,
  wholeNumber,
} from '../model/options.js'
import { RECEIPT_RULES } from '../model/receipt-options.js'
import type { Limits } from './limited.js'
import type { PrintQueueOptions } from './queue-options.js'
import type { AddOptions } from './take-job.js'
import type { PrinterOptions, PrintOptions, WatchOptions } from './types.js'

const JOURNAL = objectWith('a journal, such as fileJournal opens', 'append', 'get', 'list')
const COPIES = wholeNumber(1, 999)
const BYTE_COUNT = wholeNumber(1, 2 ** 26)
const POLICY = oneOf('wait', 'cancel', 'leave')
const ON_UNCERTAIN = oneOf('report', 'reprint-marked')

export const PRINTER_RULES: OptionRules<PrinterOptions> = {
  ...RECEIPT_RULES,
  profile: PROFILE_OR_ANSWERS,
  answerTimeoutMs: milliseconds(1),
  confirmTimeoutMs: milliseconds(0),
  ifSilent: oneOf('print', 'refuse'),
  ifStopped: oneOf('wait', 'cancel', 'leave', 'clear'),
  processIds: FLAG,
  hidesRestart: FLAG,
  windowBytes: BYTE_COUNT,
  reconnectMs: milliseconds(0),
  journal: JOURNAL,
  lock: FLAG,
  lockFolder: TEXT,
}

export const LIMIT_RULES: OptionRules<Limits> = {
  signal: SIGNAL,
  timeoutMs: TIME_LIMIT,
  deadline: DATE,
}

export const PRINT_RULES: OptionRules<PrintOptions> = {
  ...LIMIT_RULES,
  ...RECEIPT_RULES,
  jobId: TEXT,
  title: { says: 'a text', accepts: (value) => typeof value === 'string' },
  copies: COPIES,
  pauseBetweenCopiesMs: TIME_LIMIT,
  onPaperOut: POLICY,
  onUncertain: ON_UNCERTAIN,
  marked: FLAG,
  finishLine: FLAG,
  raw: FLAG,
  onProgress: CALLBACK,
}

export const WATCH_RULES: OptionRules<WatchOptions> = {
  signal: SIGNAL,
  intervalMs: milliseconds(1),
}

const { onPaperOut, onUncertain, timeoutMs, finishLine, raw } = PRINT_RULES

export const QUEUE_RULES: OptionRules<PrintQueueOptions> = {
  journal: needed(JOURNAL),
  open: CALLBACK,
  print: optionsOf<NonNullable<PrintQueueOptions['print']>>({
    onPaperOut,
    onUncertain,
    timeoutMs,
    finishLine,
  }),
  retryMs: milliseconds(1),
  maxRetryMs: milliseconds(1),
  onOutcome: CALLBACK,
  onError: CALLBACK,
}

export const ADD_RULES: OptionRules<AddOptions> = {
  jobId: needed(TEXT),
  printer: needed(TEXT),
  title: PRINT_RULES.title,
  note: PRINT_RULES.title,
  marked: PRINT_RULES.marked,
  copies: COPIES,
  raw,
}
