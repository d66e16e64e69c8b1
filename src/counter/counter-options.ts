/** The options of a counter, and the object that its program gets. */

import type { Journal } from '../journal/types.js'
import {
  CALLBACK,
  needed,
  type OptionRules,
  objectWith,
  PROFILE,
  TEXT,
  wholeNumber,
} from '../model/options.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import type { Printer } from '../printer/printer.js'
import type { Archive } from '../vouchers/archive.js'

/** A piece of paper that has come out of a virtual printer. */
export interface CounterPaper {
  readonly number: number
  readonly paper: Paper
  /** Undefined if the paper still hangs in the printer. */
  readonly cut?: string | undefined
}

export interface CounterOptions {
  /** A store with operators, because everybody at the page signs in. */
  readonly archive: Archive
  /** A printer that was opened with `profile` and `journal`. */
  readonly printer: Printer
  readonly journal: Journal
  readonly profile: Profile
  /** Number of the terminal under which its trades are recorded. */
  readonly terminal: string
  /** Port on 127.0.0.1. Default 0, which takes any free port. */
  readonly port?: number
  /** The papers of a virtual printer, the newest last. Default: none, and the page shows the slip as it is sent. */
  readonly papers?: () => readonly CounterPaper[]
  /** Folder for backups, best on another disk. Default: none, and the page offers no backups. */
  readonly backupFolder?: string
  /** Default: the clock of the machine. */
  readonly clock?: () => Date
}

export interface Counter {
  /** `http://127.0.0.1:41234/` */
  readonly url: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export const COUNTER_RULES: OptionRules<CounterOptions> = {
  archive: needed(objectWith('an open archive of vouchers', 'add', 'find', 'settle')),
  printer: needed(objectWith('an open printer', 'print', 'status')),
  journal: needed(objectWith('the journal of the printer', 'get')),
  profile: needed(PROFILE),
  terminal: needed(TEXT),
  port: wholeNumber(0, 65_535),
  papers: CALLBACK,
  backupFolder: TEXT,
  clock: CALLBACK,
}

/** The options with their defaults, which the routes share. */
export type Desk = CounterOptions & { readonly clock: () => Date }
