/** The control server of a virtual printer, on this machine only: state, faults, papers and events by HTTP, and the live page. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { XiaopiaoError } from '../../model/errors.js'
import type { Paper } from '../../model/paper.js'
import { paperToJson } from '../../paper/views/paper-json.js'
import { paperToPng } from '../../paper/views/paper-png.js'
import { paperToText } from '../../paper/views/paper-text.js'
import { PAGE_HTML, PAGE_ICON } from '../page/page-html.js'
import { PAGE_SCRIPT } from '../page/page-script.js'
import { PAGE_STYLE } from '../page/page-style.js'
import { streamEvents } from './event-stream.js'
import type { PrinterEvents } from './events.js'
import { type Answer, checkOrigin, json, Refused, readBody, refusal, send } from './http.js'
import { type ControlTarget, changeState, stateOf } from './state.js'

export interface ControlServer {
  readonly url: string
  close(): Promise<void>
}

type Target = ControlTarget & { readonly events: PrinterEvents }
type Handler = (target: Target, request: IncomingMessage) => Answer | Promise<Answer>

const fixed = (type: string, body: string): Handler => {
  const answer = { status: 200, type, body }
  return () => answer
}

/**
 * The handler of each path and method. `/papers/N.…` and `/events` are not among them, because their paths vary or their
 * answers stream.
 */
const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/': { GET: fixed('text/html', PAGE_HTML) },
  '/page.js': { GET: fixed('text/javascript', PAGE_SCRIPT) },
  '/page.css': { GET: fixed('text/css', PAGE_STYLE) },
  '/icon.svg': { GET: fixed('image/svg+xml', PAGE_ICON) },
  '/state': {
    GET: (target) => json(stateOf(target)),
    async POST(target, request) {
      changeState(target, await readBody(request))
      return json(stateOf(target))
    },
  },
  '/fault': {
    async POST(target, request) {
      addFault(target, await readBody(request))
      return json(stateOf(target))
    },
  },
  '/papers': { GET: ({ server }) => json(server.pieces.map(summaryOf)) },
  '/jobs': { GET: ({ server }) => json(server.jobs.map(jobSummary)) },
}
const paths = [
  ...Object.keys(routes),
  '/papers/N.png',
  '/papers/N.txt',
  '/papers/N.json',
  '/events',
]

/** Starts the control server. @param port 0 picks any free port */
export async function startControl(target: Target, port: number): Promise<ControlServer> {
  const { createServer } = await import('node:http')
  let ownPort = port
  const server = createServer((request, response) => {
    answer(target, ownPort, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      const known = error instanceof Refused ? error : new Refused(500, String(error))
      send(response, refusal(known))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address === 'object' && address !== null) ownPort = address.port
  return {
    url: `http://127.0.0.1:${ownPort}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  target: Target,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkOrigin(request, port)
  const { method = '' } = request
  const [path = ''] = (request.url ?? '').split('?')
  const [, number, form] = /^\/papers\/(\d{1,9})\.(png|txt|json)$/.exec(path) ?? []
  if (path === '/events' || form !== undefined) {
    if (method !== 'GET') throw notAllowed(path, ['GET'])
    if (form === undefined) return streamEvents(target, response)
    return send(response, paperAs(target, Number(number), form))
  }
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (route === undefined)
    throw new Refused(404, `nothing at ${path}; there are ${paths.join(', ')}`)
  const handler = Object.hasOwn(route, method) ? route[method] : undefined
  if (handler === undefined) throw notAllowed(path, Object.keys(route))
  send(response, await handler(target, request))
}

function notAllowed(path: string, methods: readonly string[]): Refused {
  const allow = methods.join(', ')
  return new Refused(405, `${path} takes ${allow}`, { allow })
}

/** PNGs by paper. Paper that was cut off stays the same object, and the live page asks for it again and again. */
const pngs = new WeakMap<Paper, Uint8Array>()

function pngOf(paper: Paper): Uint8Array {
  let png = pngs.get(paper)
  if (png === undefined) {
    png = paperToPng(paper)
    pngs.set(paper, png)
  }
  return png
}

function paperAs({ server }: Target, number: number, form: string): Answer {
  const piece = server.pieces.find((one) => one.number === number)
  if (piece === undefined) throw new Refused(404, `there is no paper ${number}; /papers lists them`)
  const { paper } = piece
  if (form === 'png') return { status: 200, type: 'image/png', body: pngOf(paper) }
  if (form === 'txt') return { status: 200, type: 'text/plain', body: `${paperToText(paper)}\n` }
  return json(paperToJson(paper))
}

function addFault({ server }: Target, script: string): void {
  try {
    if (script.trim() === '') throw new Refused(400, 'the body is a fault such as paper-out@120mm')
    server.fault(script)
  } catch (error) {
    if (!(error instanceof XiaopiaoError)) throw error
    throw new Refused(
      400,
      error.hint === undefined ? error.message : `${error.message}: ${error.hint}`,
    )
  }
}

type Server = Target['server']

function summaryOf({ number, paper, cut }: Server['pieces'][number]) {
  const { widthDots, heightDots } = paper
  return { number, widthDots, heightDots, cut: cut ?? null }
}

function jobSummary({ bytes, executed, connection }: Server['jobs'][number], index: number) {
  return {
    number: index + 1,
    bytes: bytes.length,
    executedBytes: executed.length,
    connection,
  }
}
