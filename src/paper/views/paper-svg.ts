/** Paper as an SVG: its dots as horizontal strokes, sharp at any size; with its edges and cuts on a desk, if asked. */
import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'
import type { Paper } from '../../model/paper.js'
import { SCISSORS } from '../../model/scissors.js'
import {
  BRIDGE_DOTS,
  cutLines,
  dashDots,
  type Picture,
  type PictureCut,
  type PictureOptions,
  type PicturePiece,
  pictureOf,
  toothDots,
} from './paper-picture.js'

export type SvgOptions = PictureOptions

/**
 * Draws a paper as an SVG of black runs on white. A dot is one unit, and `scale` pixels wide if `scale` is given.
 *
 * @example
 * paperToSvg(paper).slice(0, 4) // '<svg'
 */
export function paperToSvg(paper: Paper, options: SvgOptions = {}): string {
  const picture = pictureOf(paper, options)
  const { widthDots: w, heightDots: h, pieces, cuts } = picture
  const { scale } = options
  const size = scale === undefined ? '' : ` width="${w * scale}" height="${h * scale}"`
  const edge = options.edge === true
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}"${size} shape-rendering="crispEdges">`,
    `<rect width="${w}" height="${h}" fill="${edge ? '#d6d1c8' : '#fff'}"/>`,
    ...(edge ? pieces.map((piece) => sheet(picture, piece)) : []),
    ...(edge
      ? cuts.filter((cut) => cut.mode === 'partial').map((cut) => bridge(picture, cut))
      : []),
    ...pieces.map((piece) => dots(picture, piece, paper.bitmap)),
    ...(options.marks === true ? cuts.map((cut) => mark(picture, cut)) : []),
    '</svg>\n',
  ].join('\n')
}

/** Draws a white piece of paper, with teeth where the paper was torn off. */
function sheet({ paperX, paperWidth, heightDots }: Picture, piece: PicturePiece): string {
  const { width, height } = toothDots
  const count = Math.ceil(paperWidth / width)
  const step = paperWidth / count
  const teeth = `l${step / 2} -${height}l${step / 2} ${height}`.repeat(count)
  const bottom = piece.cutBelow ? piece.bottom : heightDots
  const back = piece.cutBelow
    ? `l-${step / 2} ${height}l-${step / 2} -${height}`.repeat(count)
    : `h-${paperWidth}`
  return `<path d="M${paperX} ${piece.top}${teeth}V${bottom}${back}z" fill="#fff" stroke="#aaa49a"/>`
}

function bridge({ paperX, paperWidth }: Picture, { y }: PictureCut): string {
  const x = paperX + paperWidth / 2 - BRIDGE_DOTS / 2
  return `<rect x="${x}" y="${y - 12}" width="${BRIDGE_DOTS}" height="24" fill="#fff"/>`
}

function dots(picture: Picture, piece: PicturePiece, bitmap: Bitmap): string {
  const { printX: x } = picture
  const y = piece.y - piece.from
  const moved = x === 0 && y === 0 ? '' : ` transform="translate(${x} ${y})"`
  return `<path d="${runsOf(bitmap, piece.from, piece.to)}" fill="#000"${moved}/>`
}

function mark(picture: Picture, cut: PictureCut): string {
  const lines = cutLines(picture, cut).map(([from, to]) => `M${from} ${cut.y}H${to}`)
  const left = picture.paperX - SCISSORS[0].length - 6
  const top = cut.y - Math.ceil(SCISSORS.length / 2)
  const blades = SCISSORS.flatMap((row, y) =>
    [...row.matchAll(/#+/g)].map(
      ([run], i, all) =>
        `M${left + (all[i]?.index ?? 0)} ${top + y}h${run.length}v1h-${run.length}z`,
    ),
  )
  return [
    `<path d="${lines.join('')}" stroke="#808080" stroke-width="2" stroke-dasharray="${dashDots.on} ${dashDots.off}" fill="none"/>`,
    `<path d="${blades.join('')}" fill="#808080"/>`,
  ].join('\n')
}

function runsOf(bitmap: Bitmap, from: number, to: number): string {
  const { widthDots, data } = bitmap
  const stride = bytesPerRow(widthDots)
  let path = ''
  for (let y = from; y < to; y++) {
    const base = y * stride
    let start = -1
    for (let x = 0; x <= widthDots; x++) {
      const black = x < widthDots && ((data[base + (x >> 3)] as number) & (0x80 >> (x & 7))) !== 0
      if (black && start < 0) start = x
      if (!black && start >= 0) {
        path += `M${start} ${y}h${x - start}v1h${start - x}z`
        start = -1
      }
    }
  }
  return path
}
