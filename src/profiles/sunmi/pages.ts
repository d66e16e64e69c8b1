/** Code pages of Sunmi's built-in printers, whose numbers are Epson's. */
import { epsonPages } from '../page-sets.js'

const SUNMI_NUMBERS = new Set([0, 2, 3, 4, 5, 13, 14, 15, 16, 17, 18, 19, 33, 34])

/** Those on which receipt-printer-encoder 4.0.1 and escpos-printer-db agree; the Thai, Hebrew and Arabic pages need shaping. */
export const sunmiPages = epsonPages.filter(({ number }) => SUNMI_NUMBERS.has(number))
