/** What Epson's TM printers of 203 and 180 dpi have in common; the models are spread from it. */
import type { Profile } from '../../model/profile.js'
import { genericBase } from '../generic-base.js'
import { epsonPages } from '../page-sets.js'
import { epsonBarcodes } from './barcodes.js'

/** Not a profile of its own. Models for China, Taiwan, Japan and Korea add their zone. */
export const epsonBase = {
  ...genericBase,
  vendor: 'Epson',
  paperMm: 80,
  widthDots: 576,
  charset: 'none',
  chineseModeAtPowerOn: false,
  chineseModeAfterReset: false,
  codePages: epsonPages,
  setsMotionUnits: true,
  hanziSizeBy: 'gs',
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: epsonBarcodes,
  pdf417: 'native',
  storedLogos: 'gs-l',
  cuts: ['partial'],
  headToCutterDots: 120,
  answersStatus: true,
  status: { realtime: true, request: true, auto: true, processId: null, clear: null },
  identity: { maker: 'EPSON', model: null, language: null },
  sources: {
    '*': 'inferred: common to the TM printers of the ESC/POS command reference',
    vendor: 'database',
    name: 'database',
    widthDots: 'database',
    dpi: 'database',
    fonts: 'database: columns of fonts A and B',
    codePages: 'database: and the command reference, ESC t',
    cuts: 'inferred: the cutters of TM-T88, T88II, T88III, T81, T90 and H5000II leave a point uncut whatever GS V says; the database has full cuts by its default',
    qr: 'database',
    pdf417: 'database',
    barcodes: 'database',
    headToCutterDots: 'guessed: 15 mm, the figure of the TM-T88III specification',
    setsMotionUnits: 'manual: GS P; the default vertical unit is half a dot on many models',
    'identity.maker': 'manual: GS I 66',
  },
} as const satisfies Partial<Profile>
