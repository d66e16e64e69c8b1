/** The three doors of the ledger: accept, take and report. Each one gathers the requests of one moment. */

import { type AcceptSlip, acceptor } from './accept.js'
import type { LedgerContext } from './context.js'
import { type Reporter, reporter } from './report.js'
import { type TakeSlip, taker } from './take.js'

export interface Doors extends Reporter {
  readonly accept: AcceptSlip
  readonly take: TakeSlip
}

export function doorsOf(context: LedgerContext): Doors {
  return { accept: acceptor(context), take: taker(context), ...reporter(context) }
}
