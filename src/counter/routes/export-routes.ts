/** The route that exports the vouchers of a range of days as a file, which the browser saves. */

import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import { VoucherError } from '../../vouchers/errors.js'
import { filled, readBody, textOf } from '../answers.js'
import type { RouteParts } from '../counter-work.js'
import { approverOf, neededSession } from '../people.js'
import type { Sessions } from '../sessions.js'

const FORMATS = ['xlsx', 'csv', 'jsonl'] as const

export function addExportRoutes(app: Hono, sessions: Sessions, { desk, work }: RouteParts): void {
  app.post('/api/export', async (context) => {
    const { operator } = await neededSession(context, desk, sessions)
    const body = filled(await readBody(context))
    const as = FORMATS.find((one) => one === body.as)
    if (as === undefined) {
      throw new VoucherError(`as must be one of ${FORMATS.join(', ')}`, {
        code: 'BODY_INVALID',
        path: 'as',
      })
    }
    const by = await approverOf(desk, operator, body)
    const range = {
      ...(body.from === undefined ? {} : { from: textOf(body, 'from') }),
      ...(body.to === undefined ? {} : { to: textOf(body, 'to') }),
    }
    const parts = work.exportVouchers(desk.archive, { as, by, now: desk.clock(), ...range })
    // The first part is awaited, because an error can only become an answer before the first byte is sent.
    const first = await parts.next()
    const stream = Readable.toWeb(Readable.from(resumed(first, parts))) as ReadableStream
    return new Response(stream, { headers: { 'content-type': 'application/octet-stream' } })
  })
}

async function* resumed(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done === true) return
  yield first.value
  yield* rest
}
