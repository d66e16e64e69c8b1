/** Bar codes of GS k on the paper. */
import { endsAsSymbology } from '../../encoders/escpos/commands/symbols.js'
import { barsBitmap } from '../../symbols/barcode.js'
import { finishLine, type Machine } from '../machine.js'
import {
  alienByte,
  checkCounted,
  checkTerminated,
  type DataCheck,
  readBarcode,
} from '../symbols/barcodes/index.js'
import { drawHri } from '../symbols/hri.js'
import { putSymbol } from '../symbols/symbols.js'
import { cellOf } from '../text/font-cells.js'
import type { Handlers } from './handlers.js'

export type RunBytes = (machine: Machine, bytes: Uint8Array, offset: number) => void

/** Makes the handlers of `GS k`. `run` executes the bytes after the data of a barcode, because printers read them as text. */
export function barcodeCommands(
  run: RunBytes,
): Pick<Handlers, 'barcodeA' | 'barcodeAOpen' | 'barcodeB'> {
  return {
    barcodeA: (machine, { m, data }, offset) => {
      putBarcode(machine, m, { bytes: data, ...checkTerminated(m, data) }, offset)
    },
    barcodeAOpen: (machine, { m, data }, offset) => {
      const check = endsAsSymbology(m, data) ? checkTerminated(m, data) : alienByte
      putBarcode(machine, m, { bytes: data, ...check }, offset)
    },
    barcodeB: (machine, { m, data }, offset) => {
      const { end, ...check } = checkCounted(m - 65, data)
      putBarcode(machine, m - 65, { bytes: data.subarray(0, end), ...check }, offset)
      if (end < data.length) run(machine, data.subarray(end), offset)
    },
  }
}

interface BarcodeData extends DataCheck {
  readonly bytes: Uint8Array
}

/** Prints the barcode of type `m` (0 UPC-A … 8 CODE128 …), or notes why it cannot be printed. */
function putBarcode(
  machine: Machine,
  m: number,
  { bytes, wrong, feeds }: BarcodeData,
  offset: number,
): void {
  const { barModule, barHeight, hriPosition, hriFont } = machine.modes
  const barcode = wrong === undefined ? readBarcode(m, bytes) : undefined
  if (barcode?.elements === undefined) {
    const why = wrong ?? 'cannot hold these data'
    machine.paper.note('SYMBOL_NOT_PRINTED', `GS k type ${m}: ${why}`, offset)
    if (feeds) {
      finishLine(machine, offset)
      machine.sheet.feed(machine.page === undefined ? barHeight : 0, offset)
    }
  } else {
    const bars = barsBitmap(barcode.elements, barModule, barHeight)
    const whole = drawHri(machine, bars, barcode.hri ?? barcode.data, {
      above: (hriPosition & 1) === 1 ? hriFont : undefined,
      below: (hriPosition & 2) === 2 ? hriFont : undefined,
    })
    const below = (hriPosition & 2) === 2 ? cellOf(machine.profile.fonts, hriFont).heightDots : 0
    putSymbol(machine, barcode.kind, barcode.data, whole, offset, {
      below,
      feeds: true,
      moved: machine.modes.barLeft,
    })
  }
}
