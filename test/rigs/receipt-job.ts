/** Receipts whose lines can be counted on the paper: numbered lines in Chinese with amounts, a picture in the middle, a cut, a drawer. */

import { compile, type ReceiptNode } from '../../src/index.js'
import type { PrintJob } from '../../src/model/print-job.js'
import { generic80 } from '../../src/profiles/generic-80.js'

/** One thing that the paper must show. */
export interface Unit {
  /** As the counting printer names it: a text after GBK is read, a row of dots, or a cut. */
  readonly what: string
  /** Line of the receipt, from 1; the picture is one line. A cut is none. */
  readonly line: number
}

export interface RigJob {
  readonly name: string
  readonly job: PrintJob | Uint8Array
  /** Of one copy. */
  readonly bytes: Uint8Array
  /** Of one copy; 0 where the session is not told. */
  readonly lines: number
  readonly units: readonly Unit[]
  /** Pulses that the whole job must give, all copies together. */
  readonly pulses: number
}

/** About 3 cm, so that it is parted by segments. */
const PICTURE_ROWS = 240
const WIDTH_PX = 64

/** The job's name and the row's number are in its dots, so that a row that is missing or comes twice is seen. */
function pictureRow(name: string, row: number): number[] {
  return [0xff, name.charCodeAt(0), row, 0xff - row, 0xaa, row ^ 0x5a, 0x3c, 0xff]
}

function picture(name: string) {
  const data = new Uint8Array(WIDTH_PX * PICTURE_ROWS * 4)
  for (let row = 0; row < PICTURE_ROWS; row++) {
    for (let x = 0; x < WIDTH_PX; x++) {
      const isBlack = ((pictureRow(name, row)[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0
      const grey = isBlack ? 0 : 255
      data.set([grey, grey, grey, 255], (row * WIDTH_PX + x) * 4)
    }
  }
  return { widthPx: WIDTH_PX, heightPx: PICTURE_ROWS, data }
}

function textOf(name: string, line: number): string {
  return `#${name}:${String(line).padStart(5, '0')}# 合计 ${line}.50 ${'.'.repeat(line % 9)}#`
}

/** @param lines of text @param as `bytes`: the session is told nothing of the lines, and the drawer is left out */
export function rigJob(name: string, lines: number, as: 'receipt' | 'bytes' = 'receipt'): RigJob {
  const middle = Math.ceil(lines / 2) + 1
  const nodes: ReceiptNode[] = as === 'receipt' ? [{ kind: 'drawer' }] : []
  const units: Unit[] = []
  for (let line = 1; line <= lines + 1; line++) {
    if (line === middle) {
      nodes.push({ kind: 'image', src: 'picture' })
      for (let row = 0; row < PICTURE_ROWS; row++) {
        units.push({ what: `R${Buffer.from(pictureRow(name, row)).toString('hex')}`, line })
      }
    } else {
      nodes.push({ kind: 'text', text: textOf(name, line) })
      units.push({ what: `T${textOf(name, line)}`, line })
    }
  }
  nodes.push({ kind: 'cut' })
  units.push({ what: 'C', line: 0 })
  const job = compile({ nodes }, { profile: generic80, images: { picture: picture(name) } })
  const { bytes } = job
  return as === 'bytes'
    ? { name, job: bytes, bytes, lines: 0, units, pulses: 0 }
    : { name, job, bytes, lines: lines + 1, units, pulses: 1 }
}
