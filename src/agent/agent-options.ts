/** The options of an agent, and their check. */

import type { Diagnostic } from '../model/diagnostic.js'
import {
  CALLBACK,
  LIST_OF_TEXTS,
  milliseconds,
  needed,
  OBJECT,
  type OptionRules,
  optionsOf,
  PROFILE_OR_ANSWERS,
  readOptions,
  TEXT,
  wholeNumber,
} from '../model/options.js'
import type { Profile } from '../model/profile.js'
import type { KnownAnswers, PrinterOptions } from '../printer/types.js'
import { AgentError } from './errors.js'
import type { TlsOptions } from './http-request.js'
import type { LanOptions } from './lan-options.js'

export interface AgentPrinter {
  /** As `openPrinter` takes it: `tcp://192.168.1.50`. It stays in the store. */
  readonly uri: string
  /** The profile, or what is known of the printer's answers. The hub compiles templates for a profile's id. */
  readonly profile?: Profile | KnownAnswers
}

export interface AgentOptions {
  /** In which it was enrolled. */
  readonly folder: string
  /** By the name that the store has for each: `{ 前台: { uri: 'tcp://192.168.1.50', profile: generic80 } }`. */
  readonly printers: Readonly<Record<string, AgentPrinter>>
  /** Its own door for the tills of the store. Default: none. */
  readonly lan?: LanOptions
  /** Certificates of a private network. */
  readonly tls?: TlsOptions
  /** How often it asks the hub without being woken. Default: as the hub wishes. */
  readonly pollMs?: number
  /** How often a printer is asked how it is. Default 30000. */
  readonly statusMs?: number
  /** A slip that cannot begin is given back to the hub after so long. Default 60000. */
  readonly holdMs?: number
  /** Longest wait for an answer of the hub. Default 15000. */
  readonly requestTimeoutMs?: number
  /** First wait after a request that failed; it doubles, up to 30 times as long. Default 1000. */
  readonly retryMs?: number
  /** How many slips that are over are remembered, so that their keys never print again. Default 50000. */
  readonly keepSlips?: number
  /** How each printer is opened, beside its profile. */
  readonly printer?: Pick<PrinterOptions, 'answerTimeoutMs' | 'lockFolder' | 'ifSilent'>
  /** Told to the hub. Default: that of the package. */
  readonly version?: string
  /** Told of what a person should know: the hub is out of reach, a line of the journal is damaged. No slip's text is in it. */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void
}

const RULES: OptionRules<AgentOptions> = {
  folder: needed(TEXT),
  printers: needed(OBJECT),
  lan: optionsOf<LanOptions>({
    port: wholeNumber(0, 65_535),
    host: TEXT,
    cert: TEXT,
    key: TEXT,
    origins: LIST_OF_TEXTS,
  }),
  tls: optionsOf<TlsOptions>({ ca: TEXT, cert: TEXT, key: TEXT }),
  pollMs: milliseconds(1),
  statusMs: milliseconds(1),
  holdMs: milliseconds(0),
  requestTimeoutMs: milliseconds(1),
  retryMs: milliseconds(1),
  keepSlips: wholeNumber(1000, 10_000_000),
  printer: OBJECT,
  version: TEXT,
  onDiagnostic: CALLBACK,
}

const PRINTER_RULES: OptionRules<AgentPrinter> = { uri: needed(TEXT), profile: PROFILE_OR_ANSWERS }

const MOST_PRINTERS = 100

/** @throws OptionError; AgentError `PRINTERS_MISSING` */
export function readAgentOptions(options: AgentOptions): AgentOptions {
  readOptions<AgentOptions>('startAgent', options, RULES)
  const entries = Object.entries(options.printers)
  for (const [name, printer] of entries) {
    readOptions<AgentPrinter>(`startAgent: printer ${name}`, printer, PRINTER_RULES)
  }
  if (entries.length === 0 || entries.length > MOST_PRINTERS) {
    throw new AgentError(`an agent has 1 to ${MOST_PRINTERS} printers, found ${entries.length}`, {
      code: 'PRINTERS_MISSING',
      path: 'printers',
      hint: 'name each: xiaopiao agent run --printer counter=tcp://192.168.1.50; xiaopiao printers lists those of this machine',
    })
  }
  return options
}
