/** Makes a printer's status from the facts in its answers. A fact that is not known becomes `unknown`, never good news. */

import type { PrinterFacts } from '../encoders/escpos/status-facts.js'

/** The status in the printer's own words. Silence is `unknown`, which is neither good nor bad news. */
export interface PrinterStatus {
  /** Whether the printer answered any question. */
  readonly answered: boolean
  readonly online: boolean | 'unknown'
  readonly paper: 'ok' | 'near-end' | 'end' | 'unknown'
  readonly cover: 'closed' | 'open' | 'unknown'
  /** `auto-recoverable` is mostly a hot head; `other` is an error that the printer does not name. */
  readonly error:
    | 'none'
    | 'cutter'
    | 'recoverable'
    | 'unrecoverable'
    | 'auto-recoverable'
    | 'other'
    | 'unknown'
  /** Level of drawer pin 3; which of them means an open drawer depends on the drawer. */
  readonly drawerPin: 'low' | 'high' | 'unknown'
}

/** The reason that a printer gives for not printing. */
export type Trouble =
  | 'cover-open'
  | 'paper-out'
  | 'cutter-error'
  | 'unrecoverable-error'
  | 'recoverable-error'
  | 'overheated'
  | 'offline'

export const UNKNOWN_STATUS: PrinterStatus = {
  answered: false,
  online: 'unknown',
  paper: 'unknown',
  cover: 'unknown',
  error: 'unknown',
  drawerPin: 'unknown',
}

export function statusOf(facts: PrinterFacts): PrinterStatus {
  return {
    answered: Object.keys(facts).length > 0,
    online: facts.offline === undefined ? 'unknown' : !facts.offline,
    paper: paperOf(facts),
    cover: facts.coverOpen === undefined ? 'unknown' : facts.coverOpen ? 'open' : 'closed',
    error: errorOf(facts),
    drawerPin: facts.drawerPinHigh === undefined ? 'unknown' : facts.drawerPinHigh ? 'high' : 'low',
  }
}

function paperOf(facts: PrinterFacts): PrinterStatus['paper'] {
  if (facts.paperEnd || facts.stoppedByPaperEnd) return 'end'
  if (facts.paperNearEnd) return 'near-end'
  return facts.paperEnd === undefined ? 'unknown' : 'ok'
}

function errorOf(facts: PrinterFacts): PrinterStatus['error'] {
  if (facts.unrecoverableError) return 'unrecoverable'
  if (facts.cutterError) return 'cutter'
  if (facts.recoverableError) return 'recoverable'
  if (facts.autoRecoverableError) return 'auto-recoverable'
  if (facts.error) return 'other'
  return facts.cutterError === undefined ? 'unknown' : 'none'
}

/**
 * Returns the trouble that keeps the printer from printing, or undefined. A cause comes before its effects, because an open cover confuses
 * the paper sensor.
 *
 * @example
 * await using printer = openPrinter('tcp://192.168.1.50', { profile: generic80 })
 * troubleOf(await printer.status()) // undefined
 */
export function troubleOf(status: PrinterStatus): Trouble | undefined {
  if (status.cover === 'open') return 'cover-open'
  if (status.paper === 'end') return 'paper-out'
  switch (status.error) {
    case 'cutter':
      return 'cutter-error'
    case 'unrecoverable':
      return 'unrecoverable-error'
    case 'recoverable':
    case 'other':
      return 'recoverable-error'
    case 'auto-recoverable':
      return 'overheated'
    case 'none':
    case 'unknown':
      return status.online === false ? 'offline' : undefined
  }
}

/** Whether the printer has answered everything and all of it is good. */
export function isClean(status: PrinterStatus): boolean {
  const { online, paper, cover, error } = status
  const hasPaper = paper === 'ok' || paper === 'near-end'
  return online === true && hasPaper && cover === 'closed' && error === 'none'
}
