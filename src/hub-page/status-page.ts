/** Serves the status page: stores, printers, slips, and the slips that a person has to decide about. The page uses the hub's API like any program. */

import type { HubFront } from '../hub/parts.js'
import { PAGE_HTML, PAGE_ICON } from './page-html.js'
import { PAGE_SCRIPT } from './page-script.js'
import { PAGE_STYLE } from './page-style.js'
import { pageWords } from './page-words.js'

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const

const FILES: readonly (readonly [path: string, type: string, body: string])[] = [
  ['/status', 'text/html', PAGE_HTML],
  ['/status/page.js', 'text/javascript', PAGE_SCRIPT],
  ['/status/words.js', 'text/javascript', `window.WORDS = ${JSON.stringify(pageWords)}\n`],
  ['/status/page.css', 'text/css', PAGE_STYLE],
  ['/status/icon.svg', 'image/svg+xml', PAGE_ICON],
]

/**
 * Serves the page at `/status`. The page itself contains no data: its visitor types an API key, which stays in the browser's tab.
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const hub = await openHub({ db: 'postgres://hub@db.example/chain', fronts: [statusPage] })
 */
export const statusPage: HubFront = ({ app }) => {
  app.get('/', (context) => context.redirect('/status'))
  for (const [path, type, body] of FILES) {
    app.get(path, (context) =>
      context.body(body, 200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }),
    )
  }
}
