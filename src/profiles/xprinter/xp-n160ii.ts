/** Xprinter XP-N160II: 80 mm, with QR codes and PDF417 of its own. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { commonPages } from '../page-sets.js'
import { xprinterNetwork } from './network.js'

export const xprinterXpN160ii: Profile = {
  ...generic80,
  id: 'xprinter-xp-n160ii',
  vendor: 'Xprinter',
  name: 'XP-N160II',
  aliases: ['XP-N160I'],
  codePageTable: 'xprinter',
  codePages: [...commonPages, { number: 25, encoding: 'cp1257' }],
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: [
    'upca',
    'upce',
    'ean13',
    'ean8',
    'code39',
    'itf',
    'codabar',
    'code93',
    'code128',
    'gs1-128',
  ],
  pdf417: 'native',
  network: xprinterNetwork,
  quirks: [
    'Users of the XP-80C saw GS ( k print as text: scan one code before you rely on it, or set qr=raster.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'code: receipt-printer-encoder 4.0.1, 48 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    codePageTable: 'manual: Xprinter 80 mm command set',
    codePages: 'code: receipt-printer-encoder 4.0.1 and esc_pos_utils, where they agree',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    cuts: 'guessed: no source tells which of the two it makes',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
  },
}
