/** Draws fixtures/receipts/logo.png: a bowl of noodles in lines, and the shop's name in our own glyphs. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { encode } from 'fast-png'

const width = 288
const height = 80
const shopName = '老城面馆'
const pen = 3

const root = fileURLToPath(new URL('..', import.meta.url))
const glyphFor = await importGlyphs()
const black = new Uint8Array(width * height)

drawBowl()
;[...shopName].forEach((character, i) => {
  drawCharacter(character, 92 + i * 49, 18)
})
writeFileSync(join(root, 'fixtures/receipts/logo.png'), encodeBits())

/** Bundles and imports the glyph look-up of the sources, because Node does not read TypeScript. */
async function importGlyphs() {
  const folder = mkdtempSync(join(tmpdir(), 'draw-logo-'))
  try {
    symlinkSync(join(root, 'src/glyphs/data'), join(folder, 'data'))
    await build({
      entryPoints: [join(root, 'src/glyphs/glyphs.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'glyphs.mjs'),
      alias: { '#glyph-data': join(root, 'src/glyphs/glyph-data.node.ts') },
    })
    const module = await import(pathToFileURL(join(folder, 'glyphs.mjs')).href)
    module.glyphFor(shopName.codePointAt(0), 'A', 2)
    return module.glyphFor
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function plot(x, y) {
  if (x >= 0 && x < width && y >= 0 && y < height) black[y * width + x] = 1
}

/** Plots every dot in the region `inside` whose distance to the curve `f = 0` is at most half the width of the pen. */
function stroke(f, inside) {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < 92; x++) {
      if (!inside(x, y)) continue
      const slope = Math.hypot(f(x + 0.5, y) - f(x - 0.5, y), f(x, y + 0.5) - f(x, y - 0.5))
      if (Math.abs(f(x, y)) <= (slope * pen) / 2) plot(x, y)
    }
  }
}

function drawBowl() {
  const bowl = (x, y) => ((x - 40) / 34) ** 2 + ((y - 38) / 30) ** 2 - 1
  const noodle = (x, y) => y - 32 - 3 * Math.sin((x - 12) / 4.5)
  stroke(bowl, (_, y) => y >= 38 && y <= 67)
  stroke(
    (_, y) => y - 38,
    (x) => x >= 2 && x <= 78,
  )
  stroke(
    (_, y) => y - 71,
    (x) => x >= 24 && x <= 56,
  )
  stroke(noodle, (x, y) => x >= 12 && x <= 68 && y < 38)
  for (const left of [24, 38, 52]) {
    stroke(
      (x, y) => x - left - 3 * Math.sin(y / 3.2),
      (_, y) => y >= 4 && y <= 22,
    )
  }
  stroke(
    (x, y) => y - 38 + (x - 52) * 0.9,
    (x, y) => x >= 60 && y >= 6 && y <= 36,
  )
  stroke(
    (x, y) => y - 38 + (x - 60) * 0.9,
    (x, y) => x >= 68 && y >= 6 && y <= 36,
  )
}

/** Draws a glyph at twice its size, with steps smoothed by the neighbouring dots (Scale2x). */
function drawCharacter(character, left, top) {
  const { rows, widthDots, heightDots } = glyphFor(character.codePointAt(0), 'A', 2)
  const dot = (x, y) =>
    x >= 0 && x < widthDots && y >= 0 && y < heightDots
      ? (rows[y * ((widthDots + 7) >> 3) + (x >> 3)] >> (7 - (x & 7))) & 1
      : 0
  for (let y = 0; y < heightDots; y++) {
    for (let x = 0; x < widthDots; x++) {
      const here = dot(x, y)
      const [up, right, down, to] = [dot(x, y - 1), dot(x + 1, y), dot(x, y + 1), dot(x - 1, y)]
      const corners = [
        to === up && to !== down && up !== right ? up : here,
        up === right && up !== to && right !== down ? right : here,
        down === to && down !== right && to !== up ? to : here,
        right === down && right !== up && down !== to ? right : here,
      ]
      corners.forEach((on, i) => {
        if (on === 1) plot(left + x * 2 + (i & 1), top + y * 2 + (i >> 1))
      })
    }
  }
}

/** Encodes one bit per pixel, 0 = black, so that the file has exactly the dots that the printer prints. */
function encodeBits() {
  const perRow = width >> 3
  const data = new Uint8Array(perRow * height).fill(0xff)
  black.forEach((on, i) => {
    const x = i % width
    if (on === 1) data[((i - x) / width) * perRow + (x >> 3)] &= ~(0x80 >> (x & 7))
  })
  return encode({ width, height, data, depth: 1, channels: 1 })
}
