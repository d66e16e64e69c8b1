/** Pictures: in the line, as raster, downloaded, and from NV memory. */
import { type Bitmap, blitBitmap, createBitmap } from '../../model/bitmap.js'
import type { Machine } from '../machine.js'
import { bitmapOfBmp } from '../pictures/bmp.js'
import { bitmapOfColumns, bitmapOfRaster, keyOf } from '../pictures/picture-bits.js'
import { putColumns, putRaster, scalesOf } from '../pictures/pictures.js'
import { type DefineCommand, define, defineBmp } from '../pictures/write-graphics.js'
import { writeNv } from './control-commands.js'
import { type Handlers, swallow } from './handlers.js'

interface StoreCommand {
  readonly bx: number
  readonly by: number
  readonly c: number
  readonly widthDots: number
  readonly heightDots: number
  readonly data: Uint8Array
}

interface PrintCommand {
  readonly kc1: number
  readonly kc2: number
  readonly x: number
  readonly y: number
}

/** A factor of enlargement is 1 or 2; printers take every other number as 1. */
const multiple = (n: number) => (n === 2 ? 2 : 1)

/** Stores a picture beside those of other colours. They are printed together, and all colours print black. */
const storeRaster = (machine: Machine, { bx, by, c, ...picture }: StoreCommand) => {
  const bitmap = bitmapOfRaster(picture.widthDots, picture.heightDots, picture.data)
  machine.modes.graphics.set(c, { bitmap, scaleX: multiple(bx), scaleY: multiple(by) })
}

const storeColumn = (machine: Machine, { bx, by, c, ...picture }: StoreCommand) => {
  const bitmap = bitmapOfColumns(picture.widthDots, picture.heightDots, picture.data)
  machine.modes.graphics.set(c, { bitmap, scaleX: multiple(bx), scaleY: multiple(by) })
}

const defineDownload = (machine: Machine, command: DefineCommand, offset: number) =>
  noteUnkept(machine, define(machine.downloadGraphics, command), offset)

function noteUnkept(machine: Machine, isKept: boolean, offset: number): void {
  if (!isKept) machine.paper.note('PICTURE_NOT_KEPT', 'the memory of graphics is full', offset)
}

const print =
  (memory: 'nvGraphics' | 'downloadGraphics') =>
  (machine: Machine, { kc1, kc2, x, y }: PrintCommand, offset: number) => {
    const bitmap = machine[memory].find(keyOf(kc1, kc2))
    if (bitmap === undefined) {
      const key = `${kc1.toString(16)} ${kc2.toString(16)}`
      machine.paper.note('PICTURE_MISSING', `no graphics are stored under key ${key}`, offset)
    } else putRaster(machine, bitmap, multiple(x), multiple(y), offset, true)
  }

/** Notes a command that page mode does not have, and returns whether the machine is in page mode (TM-T88III specification p. 93). */
function notInPageMode(machine: Machine, name: string, offset: number): boolean {
  if (machine.page === undefined) return false
  machine.paper.note('NOT_IN_PAGE_MODE', `${name} does nothing in page mode`, offset)
  return true
}

function joined(parts: readonly { readonly bitmap: Bitmap }[]): Bitmap {
  const width = Math.max(...parts.map(({ bitmap }) => bitmap.widthDots))
  const whole = createBitmap(width, Math.max(...parts.map(({ bitmap }) => bitmap.heightDots)))
  for (const { bitmap } of parts) blitBitmap(whole, bitmap, 0, 0)
  return whole
}

export const pictureCommands = {
  bitImage: (machine, { m, columns, data }, offset) =>
    putColumns(machine, m, columns, data, offset),
  raster: (machine, { m, bytesPerRow, rows, data }, offset) => {
    if (notInPageMode(machine, 'GS v 0', offset)) return
    const { scaleX, scaleY } = scalesOf(m)
    putRaster(machine, bitmapOfRaster(bytesPerRow * 8, rows, data), scaleX, scaleY, offset)
  },
  downloadImage: (machine, { x, y, data }) => {
    machine.modes.downloaded = bitmapOfColumns(x * 8, y * 8, data)
  },
  printDownloadedImage: (machine, { m }, offset) => {
    const { scaleX, scaleY } = scalesOf(m)
    const { downloaded } = machine.modes
    if (downloaded !== undefined) putRaster(machine, downloaded, scaleX, scaleY, offset, true)
    else machine.paper.note('PICTURE_MISSING', 'GS / prints what GS * did not define', offset)
  },
  defineNvImages: (machine, { images }, offset) => {
    if (notInPageMode(machine, 'FS q', offset)) return
    machine.nvImages = images.map(({ x, y, data }) => bitmapOfColumns(x * 8, y * 8, data))
  },
  printNvImage: (machine, { n, m }, offset) => {
    if (notInPageMode(machine, 'FS p', offset)) return
    const bitmap = machine.nvImages[n - 1]
    const { scaleX, scaleY } = scalesOf(m)
    if (bitmap !== undefined) putRaster(machine, bitmap, scaleX, scaleY, offset, true)
    else machine.paper.note('PICTURE_MISSING', `there is no NV image ${n}`, offset)
  },
  variableHeightImage: (machine, { m, columns, bytesPerColumn, data }, offset) => {
    const { scaleX, scaleY } = scalesOf(m)
    const bitmap = bitmapOfColumns(columns, bytesPerColumn * 8, data)
    putRaster(machine, bitmap, scaleX, scaleY, offset)
  },
  graphicsStoreRaster: storeRaster,
  graphicsStoreRasterLong: storeRaster,
  graphicsStoreColumn: storeColumn,
  graphicsStoreColumnLong: storeColumn,
  graphicsPrint: (machine, _, offset) => {
    const [first, ...others] = machine.modes.graphics.values()
    machine.modes.graphics.clear()
    if (first === undefined) {
      machine.paper.note('PICTURE_MISSING', 'GS ( L 50 prints what nothing has stored', offset)
      return
    }
    if (machine.page !== undefined) {
      const message =
        'Epson printers do not take GS ( L 50 in page mode (APG p. 229); it is shown at the position'
      machine.paper.note('NOT_IN_PAGE_MODE', message, offset)
    }
    const bitmap = others.length === 0 ? first.bitmap : joined([first, ...others])
    putRaster(machine, bitmap, first.scaleX, first.scaleY, offset)
  },
  graphicsDownloadDefineRaster: defineDownload,
  graphicsDownloadDefineRasterLong: defineDownload,
  graphicsDownloadDefineColumn: defineDownload,
  graphicsDownloadDefineColumnLong: defineDownload,
  graphicsNvPrint: print('nvGraphics'),
  graphicsDownloadPrint: print('downloadGraphics'),
  graphicsDownloadDelete: (machine, { kc1, kc2 }) => {
    machine.downloadGraphics.delete(keyOf(kc1, kc2))
  },
  graphicsDownloadDeleteAll: (machine) => machine.downloadGraphics.clear(),
  defineBmpGraphics: (machine, command, offset) => {
    if (bitmapOfBmp(command.data) === undefined) {
      machine.paper.note('PICTURE_UNREADABLE', 'GS D holds no BMP that is known', offset)
    } else if (command.fn === 67) writeNv(machine, command, offset)
    else noteUnkept(machine, defineBmp(machine.downloadGraphics, command), offset)
  },
  ...swallow('graphicsDensity', 'graphicsDownloadFree', 'graphicsDownloadKeys'),
} satisfies Partial<Handlers>
