/** Epson TM-T88V, the western model: 180 dpi, code pages, no Chinese characters in ROM. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const epsonTmT88v: Profile = {
  ...genericBase,
  id: 'epson-tm-t88v',
  vendor: 'Epson',
  name: 'TM-T88V',
  paperMm: 80,
  widthDots: 512,
  dpi: 180,
  charset: 'none',
  chineseModeAtPowerOn: false,
  codePages: [
    { number: 0, encoding: 'cp437' },
    { number: 2, encoding: 'cp850' },
    { number: 16, encoding: 'cp1252' },
    { number: 19, encoding: 'cp858' },
  ],
  hanziSizeBy: 'gs',
  qr: 'native',
  cuts: ['partial', 'full'],
  headToCutterDots: 113,
  answersStatus: true,
  source:
    'Epson ESC/POS reference and escpos-printer-db: 512 dots, 180 dpi, 42 and 56 columns, page numbers. Head to cutter about 15 mm (TM-T88III specification, 1.7) and 1 mm to spare.',
}
