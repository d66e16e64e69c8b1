/** Routes that print slips, and that show their pictures and the papers of a virtual printer. */

import type { Context, Hono } from 'hono'
import { paperToPng } from '../../paper/views/paper-png.js'
import { PrintError } from '../../printer/errors.js'
import type { PrintRecord } from '../../vouchers/archive.js'
import type { PrintVoucherOptions } from '../../vouchers/print-options.js'
import type { CopyName } from '../../vouchers/settings.js'
import { type Body, errorBody, readBody, textOf } from '../answers.js'
import type { Desk } from '../counter-options.js'
import type { RouteParts } from '../counter-work.js'
import { approverOf, neededSession } from '../people.js'
import type { Sessions } from '../sessions.js'
import { idOf, shown, VOUCHER } from './trade-routes.js'

const SHOWN_PAPERS = 8

export function addPrintRoutes(app: Hono, sessions: Sessions, { desk, work }: RouteParts): void {
  const { archive, papers = () => [] } = desk

  app.post(`${VOUCHER}/print`, async (context) => {
    const { operator: by } = await neededSession(context, desk, sessions)
    const options = { ...desk, by, ...copiesIn(await readBody(context)) }
    return answerPrint(context, desk, (id) => work.printVoucher(archive, id, options))
  })

  app.post(`${VOUCHER}/reprint`, async (context) => {
    const { operator } = await neededSession(context, desk, sessions)
    const body = await readBody(context)
    const by = await approverOf(desk, operator, body)
    const options = { ...desk, by, why: textOf(body, 'why'), ...copiesIn(body) }
    return answerPrint(context, desk, (id) => work.reprintVoucher(archive, id, options))
  })

  app.get(`${VOUCHER}/slip.png`, async (context) => {
    await neededSession(context, desk, sessions)
    const record = await archive.get(idOf(context))
    return picture(await work.slipPicture(desk, record, context.req.query('copy') ?? 'merchant'))
  })

  app.get('/api/papers', async (context) => {
    await neededSession(context, desk, sessions)
    const list = papers().filter(({ paper }) => paper.heightDots > 0)
    return context.json({
      papers: list.slice(-SHOWN_PAPERS).map(({ number, paper, cut }) => ({
        number,
        widthDots: paper.bitmap.widthDots,
        heightDots: paper.heightDots,
        isOut: cut !== undefined,
      })),
    })
  })

  app.get('/api/papers/:file{[0-9]{1,9}\\.png}', async (context) => {
    await neededSession(context, desk, sessions)
    const number = Number.parseInt(context.req.param('file'), 10)
    const found = papers().find((one) => one.number === number)
    return found === undefined ? context.notFound() : picture(paperToPng(found.paper))
  })

  app.get('/api/printer', async (context) => {
    await neededSession(context, desk, sessions)
    const { online, paper, cover } = await desk.printer.status()
    return context.json({ online, paper, cover })
  })
}

function copiesIn({ copies }: Body): Pick<PrintVoucherOptions, 'copies'> {
  return copies === undefined ? {} : { copies: copies as readonly CopyName[] }
}

/** Prints and answers with the voucher's new state, also after a failure, because a failed print changes the voucher too. */
async function answerPrint(
  context: Context,
  { archive }: Desk,
  print: (id: string) => Promise<readonly PrintRecord[]>,
): Promise<Response> {
  const id = idOf(context)
  try {
    const prints = await print(id)
    return context.json({ prints, ...(await shown(archive, await archive.get(id))) })
  } catch (error) {
    if (!(error instanceof PrintError)) throw error
    const now = await shown(archive, await archive.get(id))
    return context.json({ error: errorBody(error), prints: [], ...now }, 409)
  }
}

function picture(png: Uint8Array): Response {
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } })
}
