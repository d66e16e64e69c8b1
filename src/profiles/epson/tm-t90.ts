/** Epson TM-T90: 180 dpi, process ids. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT90: Profile = {
  ...epsonBase,
  id: 'epson-tm-t90',
  name: 'TM-T90',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  codePages: commonPages,
  pdf417: 'raster',
  pageModeDots: 831,
  speedLevels: 9,
  quirks: ['The Japanese model has 203 dpi and units of 1/406 inch.'],
  sources: {
    ...epsonBase.sources,
    name: 'manual: TM-T90 specification',
    widthDots: 'inferred: 180 dpi on 72 mm',
    dpi: 'manual: programming guide 10.01 p. 470',
    fonts: 'manual: TM-T90 specification p. 82, A 12x24 and B 9x17',
    verticalUnitsPerInch: 'manual: programming guide 10.01 p. 470, GS P',
    cuts: 'manual: TM-T90 specification App. 18',
    qr: 'manual: programming guide 10.01 p. 536',
    pdf417: 'guessed: dots are safe',
    barcodes: 'inferred: as other TM printers',
    pageModeDots: 'manual: TM-T90 specification p. 93, ESC W: 1662 units of 1/360 inch',
    density:
      'manual: TM-T90 specification p. 131 has GS ( K fn 49, but the page with its steps was not found: nothing is sent',
    speedLevels: 'manual: programming guide 10.01 p. 447, GS ( K fn 50; the Japanese model has 11',
    codePages: 'inferred: the pages that nearly all number alike',
  },
}
