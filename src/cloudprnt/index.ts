/**
 * Printers that poll, beside the hub's API. Such a printer needs no agent in its store, because it is one inside the hub: it asks the hub for slips by
 * Star CloudPRNT and gets them as pictures.
 *
 * ```js
 * import { cloudPrnt } from 'xiaopiao/cloudprnt'
 * import { openHub } from 'xiaopiao/hub'
 *
 * const hub = await openHub({ db, fronts: [cloudPrnt] })
 * ```
 */

export { cloudPrnt } from './cloud-prnt.js'
