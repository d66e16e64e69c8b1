/** Zjiang POS-5890 and its many rebrands: 58 mm, no QR, no bar code, no cutter. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const zjiangPos5890: Profile = {
  ...generic58,
  id: 'zjiang-pos-5890',
  vendor: 'Zjiang',
  name: 'POS-5890',
  aliases: ['POS-5890K', 'POS5890 Series', 'Winbond 5890'],
  drawnBy: 'raster-line',
  usb: ['0416:5011', '0416:aabb'],
  quirks: [
    'It has no ESC * (column image), so characters that it lacks make their line a picture.',
    'GS ( k is not known to it: QR codes print as dots.',
  ],
  sources: {
    ...generic58.sources,
    widthDots: 'database',
    dpi: 'database',
    fonts: 'database: 32 and 42 columns',
    cuts: 'database',
    qr: 'database: and users of node-thermal-printer #33; receipt-printer-encoder 4.0.1 has it native',
    barcodes: 'database',
    pdf417: 'database',
    drawnBy: 'database',
    usb: 'code: python-escpos',
  },
}
