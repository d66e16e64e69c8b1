/**
 * The hub's status page: what people see of stores, printers and slips, and where they decide about a slip of which nobody knows whether it is on paper.
 *
 * ```js
 * import { openHub } from 'xiaopiao/hub'
 * import { statusPage } from 'xiaopiao/hub-page'
 *
 * const hub = await openHub({ db, fronts: [statusPage] })
 * ```
 */

export { statusPage } from './status-page.js'
