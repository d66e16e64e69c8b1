/** Starts the server of a counter's page, which only this machine reaches: the guard first, then the routes. */

import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import { readOptions } from '../model/options.js'
import { VoucherError } from '../vouchers/errors.js'
import { errorBody, statusOf } from './answers.js'
import { COUNTER_RULES, type Counter, type CounterOptions, type Desk } from './counter-options.js'
import type { CounterWork, RouteParts } from './counter-work.js'
import { guard, MAX_BODY_BYTES } from './guard.js'
import { PAGE_HTML, PAGE_ICON } from './page/page-html.js'
import { PAGE_SCRIPT } from './page/page-script.js'
import { PAGE_STYLE } from './page/page-style.js'
import { PAGE_VIEWS } from './page/page-views.js'
import { pageWords } from './page/page-words.js'
import { Sessions } from './sessions.js'

const LOOPBACK = '127.0.0.1'

const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/': ['text/html', PAGE_HTML],
  '/icon.svg': ['image/svg+xml', PAGE_ICON],
  '/counter.css': ['text/css', PAGE_STYLE],
  '/words.js': ['text/javascript', pageWords],
  '/views.js': ['text/javascript', PAGE_VIEWS],
  '/counter.js': ['text/javascript', PAGE_SCRIPT],
}

/**
 * Serves a page on this machine at which operators take trades, print slips, find vouchers and settle. Several pages may be open.
 * `startCounter` calls this with the library's implementation of `work`.
 */
export async function serveCounter(options: CounterOptions, work: CounterWork): Promise<Counter> {
  const given = readOptions<CounterOptions>('startCounter', options, COUNTER_RULES)
  const desk: Desk = { clock: () => new Date(), ...given }
  if ((await desk.archive.operators.list()).every(({ isRemoved }) => isRemoved)) {
    throw new VoucherError('the store has no operators, so nobody could sign in', {
      code: 'OPERATOR_NEEDED',
      path: 'archive',
      hint: 'add the first manager: vouchers operator add 01 --name NAME --role manager --by 01',
    })
  }
  const hosts = new Set<string>()
  const app = await makeApp({ desk, work }, hosts)
  const { createAdaptorServer } = await import('@hono/node-server').catch(missing)
  const server = createAdaptorServer({ fetch: app.fetch, hostname: LOOPBACK })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(unavailable(cause)))
    server.listen(desk.port ?? 0, LOOPBACK, resolve)
  })
  const { port } = server.address() as AddressInfo
  for (const name of [LOOPBACK, 'localhost']) hosts.add(`${name}:${port}`)
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url: `http://${LOOPBACK}:${port}/`, close, [Symbol.asyncDispose]: close }
}

async function makeApp(parts: RouteParts, hosts: ReadonlySet<string>): Promise<Hono> {
  const { Hono } = await import('hono').catch(missing)
  const { bodyLimit } = await import('hono/body-limit')
  const { addSessionRoutes } = await import('./routes/session-routes.js')
  const { addTradeRoutes } = await import('./routes/trade-routes.js')
  const { addPrintRoutes } = await import('./routes/print-routes.js')
  const { addClosingRoutes } = await import('./routes/closing-routes.js')
  const { addExportRoutes } = await import('./routes/export-routes.js')
  const { addBackupRoutes } = await import('./routes/backup-routes.js')
  const app = new Hono()
  app.use(guard(hosts))
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) =>
        context.json({ error: { code: 'REFUSED', message: 'the body is too large' } }, 413),
    }),
  )
  for (const [path, [type, text]] of Object.entries(FILES)) {
    app.get(path, (context) =>
      context.body(text, 200, { 'content-type': `${type}; charset=utf-8` }),
    )
  }
  const sessions = new Sessions()
  for (const add of [
    addSessionRoutes,
    addTradeRoutes,
    addPrintRoutes,
    addClosingRoutes,
    addBackupRoutes,
    addExportRoutes,
  ]) {
    add(app, sessions, parts)
  }
  app.notFound((context) =>
    context.json({ error: { code: 'NOT_FOUND', message: 'the counter has no such path' } }, 404),
  )
  app.onError((error, context) => context.json({ error: errorBody(error) }, statusOf(error)))
  return app
}

function missing(cause: unknown): never {
  throw new VoucherError('the counter needs packages that are not installed', {
    code: 'PACKAGE_MISSING',
    path: 'startCounter',
    hint: 'run npm install hono @hono/node-server',
    cause,
  })
}

function unavailable(cause: Error): VoucherError {
  return new VoucherError(`the counter cannot listen: ${cause.message}`, {
    code: 'PORT_UNAVAILABLE',
    path: 'port',
    hint: 'take another port, or 0 for a free one',
    cause,
  })
}
