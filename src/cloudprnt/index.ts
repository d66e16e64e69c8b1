/**
 * Printers that poll, beside the hub's API. Such a printer needs no agent in its store, because it is one inside the hub: it asks the hub for slips by
 * Star CloudPRNT or Epson Server Direct Print and gets them as pictures.
 *
 * ```js
 * import { cloudPrnt, directPrint } from 'xiaopiao/cloudprnt'
 * import { openHub } from 'xiaopiao/hub'
 *
 * const hub = await openHub({ db, fronts: [cloudPrnt, directPrint] })
 * ```
 */

export { cloudPrnt } from './cloud-prnt.js'
export { directPrint } from './direct-print.js'
