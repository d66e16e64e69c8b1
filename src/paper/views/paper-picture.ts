/** The layout of a picture: places of the paper, its torn edges and the marks of its cuts. PNG and SVG both use it. */
import type { Paper, PaperCut } from '../../model/paper.js'

export interface PictureOptions {
  /** White dots on each side of the print area. Default 0; with `edge` 24 to the left and right. */
  readonly marginDots?: number
  /** Width and height of a dot in pixels: a whole number from 1. Default 1. */
  readonly scale?: number
  /** Shows the paper on a desk, torn at its cuts. Default false: the print area alone, as one piece. */
  readonly edge?: boolean
  /** Shows each cut as a dashed line with scissors: whole for a full cut, open in the middle for a partial one. Default false. */
  readonly marks?: boolean
}

/** The layout of a picture. All numbers are dots of the picture. */
export interface Picture {
  readonly widthDots: number
  readonly heightDots: number
  /** Left edge and width of the paper. The print area begins at `printX`, `marginDots` to the right of the edge. */
  readonly paperX: number
  readonly paperWidth: number
  readonly printX: number
  readonly pieces: readonly PicturePiece[]
  readonly cuts: readonly PictureCut[]
}

/** Rows `from` to `to` of the paper, shown from row `y` of the picture. */
export interface PicturePiece {
  readonly from: number
  readonly to: number
  readonly y: number
  /** Top and bottom row of the white paper, with the margins and without the teeth of the edges. */
  readonly top: number
  readonly bottom: number
  /** False for a last piece that is not cut, so that the paper goes on below it. */
  readonly cutBelow: boolean
}

export interface PictureCut {
  readonly mode: PaperCut['mode']
  /** Row of the picture at which the cut is shown. */
  readonly y: number
}

/** Height and width of the teeth of a torn edge. */
export const toothDots = { height: 5, width: 8 } as const
/** Width of the paper that a partial cut leaves. */
export const BRIDGE_DOTS = 24
const DESK_DOTS = 40
/** The margin that a printer cannot reach on each side: 3 mm. */
const PAPER_MARGIN_DOTS = 24
const GAP_DOTS = 24

export function pictureOf(paper: Paper, options: PictureOptions = {}): Picture {
  const { edge = false, marks = false } = options
  const { marginDots: margin = 0 } = options
  const sideMargin = options.marginDots ?? (edge ? PAPER_MARGIN_DOTS : 0)
  // Room beside the paper, for the desk or for the scissors.
  const side = edge || marks ? DESK_DOTS : 0
  const paperWidth = paper.widthDots + 2 * sideMargin
  const cuts = cutsOf(paper)
  const pieces: PicturePiece[] = []
  const shown: PictureCut[] = []
  let top = edge ? GAP_DOTS : 0
  let from = 0
  const put = (to: number, cutBelow: boolean) => {
    const y = top + (from === 0 ? margin : 0)
    const isLast = to === paper.heightDots
    const bottom = y + to - from + (isLast ? margin : 0)
    pieces.push({ from, to, y, top, bottom, cutBelow })
    top = bottom
    from = to
  }
  for (const { y, mode } of cuts) {
    if (edge) {
      put(y, true)
      shown.push({ mode, y: top + Math.floor(GAP_DOTS / 2) })
      top += GAP_DOTS
    } else shown.push({ mode, y: margin + y })
  }
  if (from < paper.heightDots || pieces.length === 0) put(paper.heightDots, false)
  return {
    widthDots: paperWidth + side + (edge ? side : 0),
    // A PNG cannot have 0 rows, so an empty paper becomes one white row.
    heightDots: Math.max(1, top, ...shown.map(({ y }) => (marks ? y + 1 : 0))),
    paperX: side,
    paperWidth,
    printX: side + sideMargin,
    pieces,
    cuts: marks || edge ? shown : [],
  }
}

/** The cuts that separate rows, from the top. Of several cuts at one row only the first counts. */
function cutsOf(paper: Paper): PaperCut[] {
  const cuts: PaperCut[] = []
  for (const cut of paper.cuts) {
    const y = Math.min(cut.y, paper.heightDots)
    if (y > (cuts.at(-1)?.y ?? 0)) cuts.push({ ...cut, y })
  }
  return cuts
}

/** Returns the beginning and end of the lines that show a cut, from left to right. */
export function cutLines(picture: Picture, { mode }: PictureCut): [number, number][] {
  const from = picture.paperX
  const to = from + picture.paperWidth
  if (mode === 'full') return [[from, to]]
  const middle = from + picture.paperWidth / 2
  return [
    [from, Math.floor(middle - BRIDGE_DOTS / 2)],
    [Math.ceil(middle + BRIDGE_DOTS / 2), to],
  ]
}

/** Lengths of the dashes of a line and of the gaps between them, in dots. */
export const dashDots = { on: 8, off: 6 } as const
