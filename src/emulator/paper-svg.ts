/** Paper as an SVG: its dots as horizontal strokes, sharp at any size. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'

/** One path of black runs on white; a dot is one unit. Cuts are dashed lines. */
export function paperToSvg(paper: Paper): string {
  const { widthDots, heightDots } = paper
  const cuts = paper.cuts.map(
    ({ y }) => `<path d="M0 ${y}h${widthDots}" stroke="#999" stroke-dasharray="8 6" fill="none"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthDots} ${heightDots}" shape-rendering="crispEdges">`,
    `<rect width="${widthDots}" height="${heightDots}" fill="#fff"/>`,
    `<path d="${pathOf(paper.bitmap)}" fill="#000"/>`,
    ...cuts,
    '</svg>\n',
  ].join('\n')
}

function pathOf(bitmap: Bitmap): string {
  const { widthDots, heightDots, data } = bitmap
  const stride = bytesPerRow(widthDots)
  let path = ''
  for (let y = 0; y < heightDots; y++) {
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
