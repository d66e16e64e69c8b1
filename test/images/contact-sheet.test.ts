/** docs/dither.png: a photo, a line-art logo and an SVG with small text, each in each dither. `UPDATE_DOCS=1` draws it anew. */

import { readFileSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { paperToPng, printBytes } from '../../src/entries/emulator.js'
import { ditherModes } from '../../src/images/dither-modes.js'
import { pixelsToGrey } from '../../src/images/grey.js'
import { chooseDither } from '../../src/images/line-art.js'
import { loadImage } from '../../src/images/load.js'
import { resizeGrey } from '../../src/images/resize.js'
import type { Pixels } from '../../src/model/bitmap.js'
import { generic80 } from '../../src/profiles/index.js'

const sheet = new URL('../../docs/dither.png', import.meta.url)
const width = 176

/** A lit ball over a chequered floor, computed: soft shades, a highlight, texture and a sky. */
function photo(): Pixels {
  const [widthPx, heightPx] = [528, 420]
  const data = new Uint8Array(widthPx * heightPx * 4).fill(255)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const [dx, dy] = [(x - 264) / 170, (y - 210) / 170]
      const inside = 1 - dx * dx - dy * dy
      let value = 235 - 70 * (y / heightPx) + 14 * Math.sin(x / 40 + y / 90)
      const floor = y - 270
      if (floor > 0) {
        const depth = 60 / (floor + 12)
        const square = (Math.floor((x - 264) * depth * 0.08) + Math.floor(depth * 22)) & 1
        value = (square === 1 ? 190 : 90) + 40 * depth
        value *= 1 - 0.6 * Math.exp(-((x - 300) ** 2 / 14_000 + (y - 390) ** 2 / 900))
      }
      if (inside > 0) {
        const nz = Math.sqrt(inside)
        const light = Math.max(0, -0.5 * dx - 0.6 * dy + 0.62 * nz)
        const shine = Math.max(0, -0.36 * dx - 0.42 * dy + 0.83 * nz) ** 40
        value = 28 + 165 * light + 90 * shine + 8 * Math.sin(dx * 60) * Math.sin(dy * 60)
      }
      const at = (y * widthPx + x) * 4
      data.fill(Math.max(0, Math.min(255, Math.round(value))), at, at + 3)
    }
  }
  return { widthPx, heightPx, data }
}

/** Rings and rays of one or two dots. */
const lineArt = `<svg xmlns="http://www.w3.org/2000/svg" width="528" height="420"><rect width="100%" height="100%" fill="#fff"/>
<g fill="none" stroke="#000"><circle cx="264" cy="210" r="180" stroke-width="9"/><circle cx="264" cy="210" r="150" stroke-width="3"/>
${Array.from({ length: 24 }, (_, i) => {
  const [c, s] = [Math.cos((i * Math.PI) / 12), Math.sin((i * Math.PI) / 12)]
  return `<path stroke-width="3" d="M${264 + 60 * c} ${210 + 60 * s}L${264 + 146 * c} ${210 + 146 * s}"/>`
}).join('')}</g><path d="M210 190h108v14h-47v70h-14v-70h-47z"/></svg>`

const smallText = `<svg xmlns="http://www.w3.org/2000/svg" width="528" height="420"><rect width="100%" height="100%" fill="#fff"/>
<g font-family="sans-serif" fill="#000"><text x="12" y="70" font-size="64" font-weight="bold">RECEIPT</text>
<text x="12" y="130" font-size="42">Thank you, see</text><text x="12" y="182" font-size="42">you again soon</text>
<text x="12" y="236" font-size="34" fill="#555">Tel 0571-8888 8888</text><text x="12" y="282" font-size="34" fill="#555">No. 000236 · 12:15</text>
<text x="12" y="326" font-size="28">example.com/i/48</text></g><path d="M12 350h504v40h-504z" fill="#999"/></svg>`

async function pictures(): Promise<Record<string, Pixels>> {
  return {
    photo: photo(),
    lines: await loadImage(Buffer.from(lineArt)),
    text: await loadImage(Buffer.from(smallText)),
  }
}

describe('the contact sheet', () => {
  it('shows every dither', async () => {
    const images = await pictures()
    const nodes: ReceiptNode[] = ditherModes.flatMap((dither) => [
      { kind: 'text', text: dither, bold: true },
      {
        kind: 'columns',
        columns: [{ width: '1fr' }, { width: '1fr' }, { width: '1fr' }],
        rows: [
          Object.keys(images).map((src) => ({
            nodes: [{ kind: 'image', src, width, dither }] as const,
          })),
        ],
      },
    ])
    const { bytes } = compile({ nodes }, { profile: generic80, images })
    const png = paperToPng(printBytes(bytes, generic80))
    expect(png.length).toBeLessThan(200 * 1024)
    if (process.env.UPDATE_DOCS === '1') writeFileSync(sheet, png)
    // Letters of the SVG are those of the machine that drew it, so only the size is compared.
    const [now, then] = [decode(png), decode(readFileSync(sheet))]
    expect([then.width, then.height]).toEqual([now.width, now.height])
  })

  it('auto takes what a person would', async () => {
    const { photo: shades, lines } = await pictures()
    const choice = (pixels: Pixels) =>
      chooseDither(resizeGrey(pixelsToGrey(pixels), width, Math.round((width * 420) / 528)))
    expect(choice(shades as Pixels)).toBe('floyd-steinberg')
    expect(choice(lines as Pixels)).toBe('threshold')
  })
})
