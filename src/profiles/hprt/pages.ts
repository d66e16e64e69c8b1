/** Code pages of HPRT's printers, whose numbers are Epson's. */
import { epsonPages } from '../page-sets.js'

/** Its manuals have CP720 (32) and CP864 (37) as well, whose letters need shaping. */
export const hprtPages = epsonPages.filter(({ number }) => number !== 1 && number < 20)

/** What the numbers rest on. */
export const HPRT_PAGES = 'manual: PPTII-A p. 23, and esc_pos_utils for the TP806L'
