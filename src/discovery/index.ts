/** Finding printers, and finding out what is wrong with one. */

export { type DiagnoseOptions, diagnose, type Finding } from './doctor.js'
export { findPrinters } from './find.js'
export { type AnnounceOptions, type Answer, findAnnounced, type MulticastDns } from './mdns.js'
export { addressesOf, type ScanOptions, scanNetwork } from './network.js'
export type { Found, FoundPrinter } from './types.js'
