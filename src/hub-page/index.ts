/**
 * The hub's status page: it shows stores, printers and slips, and people decide there about slips of which it is not known whether they are on paper.
 *
 * ```js
 * import { openHub } from 'xiaopiao/hub'
 * import { statusPage } from 'xiaopiao/hub-page'
 *
 * const hub = await openHub({ db, fronts: [statusPage] })
 * ```
 */

export { statusPage } from './status-page.js'
