/** Routes for signing in and out and for changing the PIN, and the session with what the page shows of the shop. */

import type { Hono } from 'hono'
import { readBody, textOf } from '../answers.js'
import type { Desk } from '../counter-options.js'
import type { RouteParts } from '../counter-work.js'
import { giveCookie, neededSession, sessionOf } from '../people.js'
import type { Session, Sessions } from '../sessions.js'

export function addSessionRoutes(app: Hono, sessions: Sessions, { desk }: RouteParts): void {
  const { archive, clock } = desk

  app.get('/api/session', async (context) => {
    const session = await sessionOf(context, desk, sessions)
    return context.json(await sessionView(desk, session))
  })

  app.post('/api/sign-in', async (context) => {
    const body = await readBody(context)
    const now = clock()
    const operator = await archive.operators.signIn(textOf(body, 'no'), textOf(body, 'pin'), {
      now,
    })
    const session = sessions.begin(operator, now)
    giveCookie(context, session)
    return context.json(await sessionView(desk, session))
  })

  app.post('/api/sign-out', async (context) => {
    sessions.end((await neededSession(context, desk, sessions)).id)
    return context.json({})
  })

  app.post('/api/pin', async (context) => {
    const { operator } = await neededSession(context, desk, sessions)
    const body = await readBody(context)
    const pins = { old: textOf(body, 'old'), next: textOf(body, 'next') }
    const now = clock()
    const changed = await archive.operators.changePin(operator.no, pins, { now })
    // Other sessions end too, because a PIN is changed when somebody else knows it.
    sessions.endOf(operator.no)
    const session = sessions.begin(changed, now)
    giveCookie(context, session)
    return context.json(await sessionView(desk, session))
  })
}

async function sessionView(
  { archive, terminal, papers }: Desk,
  session: Session | undefined,
): Promise<object> {
  const { merchant, copies, copyNames } = await archive.settings(terminal)
  const shop = { name: merchant?.name ?? '', terminal, showsPaper: papers !== undefined }
  if (session === undefined) return { shop }
  const { operator, token } = session
  return { shop, operator, token, copies: copyNames.slice(0, copies) }
}
