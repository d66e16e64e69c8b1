/** Routes that record trades and find vouchers. */

import type { Context, Hono } from 'hono'
import type { Archive, VoucherRecord } from '../../vouchers/archive.js'
import { asksToPrint } from '../../vouchers/asks-to-print.js'
import { businessDay } from '../../vouchers/business-day.js'
import { openDrawer } from '../../vouchers/drawer.js'
import { VoucherError } from '../../vouchers/errors.js'
import type { Person } from '../../vouchers/person.js'
import { TRADE_TYPE_RULES } from '../../vouchers/trade-types.js'
import { type Body, filled, readBody, textOf } from '../answers.js'
import type { Desk } from '../counter-options.js'
import type { RouteParts } from '../counter-work.js'
import { approverOf, neededSession } from '../people.js'
import type { Sessions } from '../sessions.js'
import { type CounterFacts, followersOf, followTrade, takeTrade } from '../take-trade.js'
import { TradeTimes } from '../trade-times.js'

/** The path of a voucher. It matches only an id, so that it cannot match another route's path. */
export const VOUCHER = '/api/vouchers/:id{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}'

export function idOf(context: Context): string {
  return context.req.param('id') as string
}

export function addTradeRoutes(app: Hono, sessions: Sessions, { desk }: RouteParts): void {
  const { archive, clock } = desk
  const times = new TradeTimes(clock)

  /** Adds a trade. It keeps its time if its answer may be lost, but not if it was refused, because it was not recorded then. */
  async function once<T>(body: Body, add: (at: Date) => Promise<T>): Promise<T> {
    try {
      return await add(times.of(body))
    } catch (error) {
      if (error instanceof VoucherError && !error.code.startsWith('STORE_')) times.forget(body)
      throw error
    }
  }

  app.post('/api/trades', async (context) => {
    const { operator } = await neededSession(context, desk, sessions)
    const body = await readBody(context)
    const made = await once(body, async (at) => {
      const facts = await factsFor(desk, operator.no, at)
      const by = await approverOf(desk, operator, body)
      return addAndShow(archive, takeTrade(body, facts), { now: clock(), by })
    })
    return context.json(made)
  })

  app.post(`${VOUCHER}/follow`, async (context) => {
    const { operator } = await neededSession(context, desk, sessions)
    const body = await readBody(context)
    const made = await once(body, async (at) => {
      const facts = await factsFor(desk, operator.no, at)
      const trade = followTrade(await archive.get(idOf(context)), body, facts)
      const by = await approverOf(desk, operator, body)
      return addAndShow(archive, trade, { now: clock(), by })
    })
    return context.json(made)
  })

  app.post(`${VOUCHER}/resolve`, async (context) => {
    const { operator: by } = await neededSession(context, desk, sessions)
    const result = textOf(await readBody(context), 'result') as 'approved'
    const record = await archive.resolve(idOf(context), result, { now: clock(), by })
    return context.json(await shown(archive, record))
  })

  app.post(`${VOUCHER}/answer`, async (context) => {
    const { operator: by } = await neededSession(context, desk, sessions)
    const answer = textOf(await readBody(context), 'answer') as 'print'
    const id = idOf(context)
    await archive.answer(id, answer === 'print' ? 'print' : 'skip', { now: clock(), by })
    // The drawer is opened without paper too, because money changes hands all the same.
    const opened = answer === 'print' ? false : await openDrawer(archive, id, { ...desk, by })
    return context.json({ opened })
  })

  app.get('/api/vouchers', async (context) => {
    await neededSession(context, desk, sessions)
    const asked: Body = filled(context.req.query())
    const found = await archive.find({ ...asked, limit: 50 })
    return context.json({ vouchers: found.vouchers, next: found.next })
  })

  app.get(VOUCHER, async (context) => {
    await neededSession(context, desk, sessions)
    return context.json(await shown(archive, await archive.get(idOf(context))))
  })

  app.get('/api/day', async (context) => {
    await neededSession(context, desk, sessions)
    const { zone, dayStarts } = await archive.settings(desk.terminal)
    const day = businessDay(clock().getTime(), zone, dayStarts)
    const totals = await archive.totals({ day, terminal: desk.terminal, by: ['kind'] })
    return context.json({ day, totals })
  })
}

async function factsFor(
  { archive, terminal }: Desk,
  operator: string,
  now: Date,
): Promise<CounterFacts> {
  const { zone } = await archive.settings(terminal)
  return { terminal, operator, now, zone }
}

async function addAndShow(
  archive: Archive,
  trade: object,
  options: { readonly now: Date; readonly by: Person },
): Promise<object> {
  const { id, warnings } = await archive.add(trade, options)
  const record = await archive.get(id)
  return { ...(await shown(archive, record)), added: warnings }
}

/** Makes the page's view of a voucher: the record, the types that may follow it, and whether its slip is printed without asking. */
export async function shown(archive: Archive, record: VoucherRecord): Promise<object> {
  const { type, result } = record
  const hasSlip = result === 'approved' && TRADE_TYPE_RULES[type].hasSlip
  const settings = await archive.settings(record.terminal)
  return {
    voucher: record,
    followers: followersOf(record),
    slip: hasSlip ? asksToPrint(record, settings) : 'none',
  }
}
