/**
 * Fronts of the hub for printers that poll. Such a printer needs no agent in its store, because an agent inside the hub represents it: it asks the
 * hub for slips by Star CloudPRNT or Epson Server Direct Print and gets them as pictures.
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
