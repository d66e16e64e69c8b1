/** The options of an agent, which are checked before it starts. */

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
  /** The printer's address as for `openPrinter`, such as `tcp://192.168.1.50`. The hub does not get it. */
  readonly uri: string
  /** The profile, or what is known of the printer's answers. The hub gets the profile's id, and compiles templates for it. */
  readonly profile?: Profile | KnownAnswers
}

export interface AgentOptions {
  /** The folder in which the agent was enrolled. */
  readonly folder: string
  /** The printers by the names that the store has for them: `{ 前台: { uri: 'tcp://192.168.1.50', profile: generic80 } }`. */
  readonly printers: Readonly<Record<string, AgentPrinter>>
  /** The door on the LAN, at which tills of the store hand slips in. Default: none. */
  readonly lan?: LanOptions
  /** Certificates for a hub in a private network. */
  readonly tls?: TlsOptions
  /** Interval at which the agent asks the hub without being woken. Default: the interval that the hub names. */
  readonly pollMs?: number
  /** Interval at which printers are asked for their status. Default 30000. */
  readonly statusMs?: number
  /** How long a printer must be in trouble before slips that cannot begin are given back to the hub. Default 60000. */
  readonly holdMs?: number
  /** Longest wait for an answer of the hub. Default 15000. */
  readonly requestTimeoutMs?: number
  /** First wait after a request that failed; it doubles, up to 30 times as long. Default 1000. */
  readonly retryMs?: number
  /** How many ended slips the journal keeps, so that their keys never print again. Default 50000. */
  readonly keepSlips?: number
  /** Options with which each printer is opened, beside its profile. */
  readonly printer?: Pick<PrinterOptions, 'answerTimeoutMs' | 'lockFolder' | 'ifSilent'>
  /** The version that the agent tells the hub. Default: that of the package. */
  readonly version?: string
  /** Called with messages for people: the hub is out of reach, a line of the journal is damaged. They contain no text of a slip. */
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
