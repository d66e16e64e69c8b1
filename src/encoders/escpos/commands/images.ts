/** Bit images, downloaded and NV images of the old commands, and the graphics group GS ( L / GS 8 L. */

import {
  command,
  counted,
  type Earlier,
  fixed,
  group,
  list,
  longGroup,
  oneOf,
  rest,
  u8,
  u16,
  u32,
} from '../fields.js'

/** Bit 5 of m tells 24-dot columns (32, 33) from 8-dot ones (0, 1). */
const columnBytes = (earlier: Earlier) => earlier('columns') * ((earlier('m') & 0x20) === 0 ? 1 : 3)

const record = { a: u8, kc1: u8, kc2: u8, planes: u8, widthDots: u16, heightDots: u16, data: rest }
const stored = { a: u8, bx: u8, by: u8, c: u8, widthDots: u16, heightDots: u16, data: rest }
const printed = { kc1: u8, kc2: u8, x: u8, y: u8 }
const nv = { changesSettings: true }

export const imageCommands = [
  /** One band in the line: `columns` columns of 8 or 24 dots, with the top dot in the highest bit. */
  command('bitImage', 'ESC *', '1B 2A', { m: u8, columns: u16, data: counted(columnBytes) }),
  /** m bit 0 double width, bit 1 double height (0 to 3 or 48 to 51). */
  command('raster', 'GS v 0', '1D 76 30', {
    m: u8,
    bytesPerRow: u16,
    rows: u16,
    data: counted((earlier) => earlier('bytesPerRow') * earlier('rows')),
  }),
  /** 8·x × 8·y dots in column format, kept in RAM. */
  command('downloadImage', 'GS *', '1D 2A', {
    x: u8,
    y: u8,
    data: counted((earlier) => earlier('x') * earlier('y') * 8),
  }),
  /** m as in `raster`. */
  command('printDownloadedImage', 'GS /', '1D 2F', { m: u8 }),
  /** Replaces all NV images; each is 8·x × 8·y dots in column format. */
  command(
    'defineNvImages',
    'FS q',
    '1C 71',
    {
      n: u8,
      images: list((earlier) => earlier('n'), {
        x: u16,
        y: u16,
        data: counted((earlier) => earlier('x') * earlier('y') * 8),
      }),
    },
    nv,
  ),
  /** Image n (1 to 255), m as in `raster`. */
  command('printNvImage', 'FS p', '1C 70', { n: u8, m: u8 }),
  /** Obsolete image of variable height in column format: `columns` × `bytesPerColumn`. */
  command('variableHeightImage', 'GS Q 0', '1D 51 30', {
    m: u8,
    columns: u16,
    bytesPerColumn: u16,
    data: counted((earlier) => earlier('columns') * earlier('bytesPerColumn')),
  }),
  /** A Windows BMP for NV (fn 67) or RAM (fn 83); `fileSize` is the BMP header's own. */
  command('defineBmpGraphics', 'GS D', '1D 44', {
    m: u8,
    fn: oneOf(67, 83),
    a: u8,
    kc1: u8,
    kc2: u8,
    b: u8,
    c: u8,
    signature: fixed(2),
    fileSize: u32,
    data: counted((earlier) => Math.max(0, earlier('fileSize') - 6)),
  }),

  /** GS ( L fn 48: size of the NV graphics area. */
  group('graphicsNvCapacity', 'GS ( L fn 48', '1D 28 4C', '30', { fn: oneOf(0, 48) }),
  /** GS ( L fn 49: reference dot density, x = y = 50 (180 dpi) or 51 (360 dpi). */
  group('graphicsDensity', 'GS ( L fn 49', '1D 28 4C', '30', { fn: oneOf(1, 49), x: u8, y: u8 }),
  /** GS ( L fn 50: prints what fn 112 or 113 stored. */
  group('graphicsPrint', 'GS ( L fn 50', '1D 28 4C', '30', { fn: oneOf(2, 50) }),
  /** GS ( L fn 51: free NV graphics memory. */
  group('graphicsNvFree', 'GS ( L fn 51', '1D 28 4C', '30', { fn: oneOf(3, 51) }),
  /** GS ( L fn 52: free download graphics memory. */
  group('graphicsDownloadFree', 'GS ( L fn 52', '1D 28 4C', '30', { fn: oneOf(4, 52) }),
  /** GS ( L fn 64: key codes of the NV graphics; d1 d2 = "KC". */
  group('graphicsNvKeys', 'GS ( L fn 64', '1D 28 4C', '30 40', { d1: u8, d2: u8 }),
  /** GS ( L fn 65: deletes all NV graphics; confirm = "CLR". */
  group('graphicsNvDeleteAll', 'GS ( L fn 65', '1D 28 4C', '30 41', { confirm: fixed(3) }, nv),
  /** GS ( L fn 66: deletes the NV graphics of one key. */
  group('graphicsNvDelete', 'GS ( L fn 66', '1D 28 4C', '30 42', { kc1: u8, kc2: u8 }, nv),
  /** GS ( L fn 67: raster format; data is [c d1…dk] for each plane, k = ⌈width/8⌉ × height. */
  group('graphicsNvDefineRaster', 'GS ( L fn 67', '1D 28 4C', '30 43', record, nv),
  /** GS ( L fn 68: column format; k = width × ⌈height/8⌉. */
  group('graphicsNvDefineColumn', 'GS ( L fn 68', '1D 28 4C', '30 44', record, nv),
  /** GS ( L fn 69: prints NV graphics, enlarged by the factors x and y. */
  group('graphicsNvPrint', 'GS ( L fn 69', '1D 28 4C', '30 45', printed),
  /** GS ( L fn 80: key codes of the download graphics; d1 d2 = "KC". */
  group('graphicsDownloadKeys', 'GS ( L fn 80', '1D 28 4C', '30 50', { d1: u8, d2: u8 }),
  /** GS ( L fn 81: deletes all download graphics; confirm = "CLR". */
  group('graphicsDownloadDeleteAll', 'GS ( L fn 81', '1D 28 4C', '30 51', { confirm: fixed(3) }),
  /** GS ( L fn 82: deletes the download graphics of one key. */
  group('graphicsDownloadDelete', 'GS ( L fn 82', '1D 28 4C', '30 52', { kc1: u8, kc2: u8 }),
  /** GS ( L fn 83: as fn 67, in RAM. */
  group('graphicsDownloadDefineRaster', 'GS ( L fn 83', '1D 28 4C', '30 53', record),
  /** GS ( L fn 84: as fn 68, in RAM. */
  group('graphicsDownloadDefineColumn', 'GS ( L fn 84', '1D 28 4C', '30 54', record),
  /** GS ( L fn 85: as fn 69, from RAM. */
  group('graphicsDownloadPrint', 'GS ( L fn 85', '1D 28 4C', '30 55', printed),
  /** GS ( L fn 112: a is 48 for one bit per dot, 52 for multiple tone; factors bx, by; colour c; ⌈width/8⌉ × height bytes. */
  group('graphicsStoreRaster', 'GS ( L fn 112', '1D 28 4C', '30 70', stored),
  /** GS ( L fn 113: column format, width × ⌈height/8⌉ bytes. */
  group('graphicsStoreColumn', 'GS ( L fn 113', '1D 28 4C', '30 71', stored),

  /** The functions that may need more than 65,535 bytes exist with a longer length as GS 8 L. */
  longGroup('graphicsNvDefineRasterLong', 'GS 8 L fn 67', '1D 38 4C', '30 43', record, nv),
  longGroup('graphicsNvDefineColumnLong', 'GS 8 L fn 68', '1D 38 4C', '30 44', record, nv),
  longGroup('graphicsDownloadDefineRasterLong', 'GS 8 L fn 83', '1D 38 4C', '30 53', record),
  longGroup('graphicsDownloadDefineColumnLong', 'GS 8 L fn 84', '1D 38 4C', '30 54', record),
  longGroup('graphicsStoreRasterLong', 'GS 8 L fn 112', '1D 38 4C', '30 70', stored),
  longGroup('graphicsStoreColumnLong', 'GS 8 L fn 113', '1D 38 4C', '30 71', stored),
] as const
