/** The route that settles a batch and prints the settlement. */

import type { Hono } from 'hono'
import { PrintError } from '../../printer/errors.js'
import type { Settlement } from '../../vouchers/settlement.js'
import { errorBody } from '../answers.js'
import type { RouteParts } from '../counter-work.js'
import { neededSession } from '../people.js'
import type { Sessions } from '../sessions.js'

export function addClosingRoutes(app: Hono, sessions: Sessions, { desk, work }: RouteParts): void {
  const { archive, clock, terminal } = desk

  app.post('/api/settle', async (context) => {
    const { operator: by } = await neededSession(context, desk, sessions)
    const settlement = await archive.settle({ terminal }, { now: clock(), by })
    try {
      return context.json({ settlement, grade: await printSettlement({ desk, work }, settlement) })
    } catch (error) {
      // The batch is settled although the print failed. The same button prints it again.
      if (!(error instanceof PrintError)) throw error
      return context.json({ settlement, error: errorBody(error) }, 409)
    }
  })
}

/** @returns the grade of the print */
async function printSettlement(
  { desk, work }: RouteParts,
  settlement: Settlement,
): Promise<string> {
  const { archive, printer, journal, terminal } = desk
  const { batch, seal } = settlement
  const jobId = `settlement:${terminal}:${batch}:${seal.slice(0, 16)}`
  const before = await journal.get(jobId)
  const isEnded = before?.state === 'done' || before?.state === 'uncertain'
  const marked = isEnded || (before?.sent ?? 0) > 0
  const slip = work.settlementSlip(settlement, await archive.settings(terminal))
  const { grade } = await printer.print(slip, { jobId, ...(marked ? { marked } : {}) })
  return grade
}
