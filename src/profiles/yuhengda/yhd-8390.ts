/** YHDAA YHD-8390: 80 mm, partial cut only, native codes. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const yuhengdaYhd8390: Profile = {
  ...generic80,
  id: 'yuhengda-yhd-8390',
  vendor: 'YHDAA',
  name: 'YHD-8390',
  aliases: ['宇恒达 YHD-8390'],
  cuts: ['partial'],
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: [
    'upca',
    'upce',
    'ean13',
    'ean8',
    'code39',
    'code93',
    'code128',
    'itf',
    'codabar',
  ],
  pdf417: 'native',
  quirks: [
    'escpos-printer-db gives 640 dots, which is the width of the paper: 48 columns of 12 make 576.',
    'Code pages change only by the vendor’s software.',
    'GS ( L is not known to it.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'inferred: 48 columns of 12 dots',
    dpi: 'database',
    fonts: 'database: 48 and 64 columns',
    cuts: 'database',
    qr: 'database',
    barcodes: 'database',
    nativeBarcodes: 'database',
    pdf417: 'database',
    imageCommand: 'database',
  },
}
