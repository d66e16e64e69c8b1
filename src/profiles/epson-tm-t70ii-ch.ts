/** Epson TM-T70II-CH, the model for China: 576 dots, Simplified Chinese by GB18030, partial cut only. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const epsonTmT70iiCh: Profile = {
  ...genericBase,
  id: 'epson-tm-t70ii-ch',
  vendor: 'Epson',
  name: 'TM-T70II-CH',
  paperMm: 80,
  widthDots: 576,
  charset: 'gb18030-2byte',
  codePages: [
    { number: 0, encoding: 'cp437' },
    { number: 2, encoding: 'cp850' },
    { number: 16, encoding: 'cp1252' },
    { number: 19, encoding: 'cp858' },
  ],
  qr: 'native',
  cuts: ['partial'],
  headToCutterDots: 120,
  answersStatus: true,
  source:
    'escpos-printer-db: 576 dots, 203 dpi, 48 and 64 columns, partial cut only, GB18030-2022 level 2 by FS &. Four-byte codes are not used until someone has seen them print; head to cutter not measured.',
}
