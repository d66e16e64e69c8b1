/** Draws SVG within limits, because an SVG of two kilobytes can cause minutes of work and fill the memory. */

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import type sharp from 'sharp'
import type { Pixels } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'

interface SvgOptions {
  readonly sharp: typeof sharp
  readonly maxPixels: number
  /** A drawing that takes longer is stopped, in milliseconds. */
  readonly svgTimeoutMs: number
}

/** Greatest width of a drawing. No printer has more than half as many dots, and the cost of filters grows with the pixels. */
const MAX_WIDTH_PX = 2048
/** At 72 dots per inch, an SVG has as many pixels as its width says. */
const DENSITY = 72

/**
 * Draws an SVG by `sharp`. Simple drawings are drawn in this process. All others are drawn in a separate process, because neither sharp
 * nor librsvg can be stopped in the middle of a filter, but a process can be killed.
 * @param widthPx width that the file states
 * @throws ReceiptError `IMAGE_TOO_COMPLEX`; sharp's errors
 */
export async function decodeSvg(
  svg: Uint8Array,
  widthPx: number,
  options: SvgOptions,
): Promise<Pixels> {
  const density = Math.max(1, DENSITY * Math.min(1, MAX_WIDTH_PX / widthPx))
  const text = new TextDecoder().decode(svg)
  const pixels = isSimple(text)
    ? await drawHere(svg, density, options)
    : await drawApart(svg, density, options)
  const notLoaded = externalParts(text)
  return notLoaded.length === 0 ? pixels : { ...pixels, notLoaded }
}

/** Elements whose cost cannot be told from the size of the file and of the picture. */
const COSTLY =
  /<!ENTITY|<!DOCTYPE|<\s*\/?\s*(\w+:)?(filter|use|pattern|mask|marker|clipPath|image|style|symbol|foreignObject|switch)\b|filter\s*[:=]|dash|@import/i
const SIMPLE_LENGTH = 100_000
const SIMPLE_ELEMENTS = 1000

/** Whether a drawing contains only a limited number of shapes and texts. */
function isSimple(text: string): boolean {
  if (text.length > SIMPLE_LENGTH || !text.includes('<svg') || COSTLY.test(text)) return false
  return text.split('<').length <= SIMPLE_ELEMENTS
}

async function drawHere(svg: Uint8Array, density: number, options: SvgOptions): Promise<Pixels> {
  const { data, info } = await options
    .sharp(svg, { limitInputPixels: options.maxPixels, density })
    .resize({ width: MAX_WIDTH_PX, withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return pixelsOf(data, info)
}

/** Reads the SVG from its input; writes width and height, four bytes each, and the pixels. Errors go to stderr as text. */
const CHILD = `
const [, sharpPath, density, maxWidth, maxPixels] = process.argv
const chunks = []
process.stdin.on('data', (chunk) => chunks.push(chunk))
process.stdin.on('end', async () => {
  try {
    const { data, info } = await require(sharpPath)(Buffer.concat(chunks), {
      limitInputPixels: Number(maxPixels),
      density: Number(density),
    })
      .resize({ width: Number(maxWidth), withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const head = Buffer.alloc(8)
    head.writeUInt32BE(info.width, 0)
    head.writeUInt32BE(info.height, 4)
    process.stdout.write(Buffer.concat([head, data]))
  } catch (error) {
    process.stderr.write(String(error.message))
    process.exitCode = 1
  }
})`

async function drawApart(svg: Uint8Array, density: number, options: SvgOptions): Promise<Pixels> {
  const sharpPath = createRequire(import.meta.url).resolve('sharp')
  const values = [density, MAX_WIDTH_PX, options.maxPixels].map(String)
  const child = spawn(
    process.execPath,
    ['--input-type=commonjs', '-e', CHILD, sharpPath, ...values],
    // In Electron, the executable behaves as Node only with this variable.
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, windowsHide: true },
  )
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, options.svgTimeoutMs)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  // If the child ends before it has read all its input, its exit code and stderr tell why.
  child.stdin.on('error', () => {})
  child.stdin.end(svg)
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).finally(() => clearTimeout(timer))
  if (isLate) throw tooComplex(options.svgTimeoutMs)
  if (exitCode !== 0) throw new Error(Buffer.concat(err).toString() || 'its drawing process ended')
  const bytes = Buffer.concat(out)
  const info = { width: bytes.readUInt32BE(0), height: bytes.readUInt32BE(4) }
  return pixelsOf(bytes.subarray(8), info)
}

function tooComplex(timeoutMs: number): ReceiptError {
  return new ReceiptError(`the SVG takes longer than ${timeoutMs / 1000} seconds to draw`, {
    code: 'IMAGE_TOO_COMPLEX',
    hint: 'export it as a PNG as wide as it prints, or leave its filters out',
  })
}

/**
 * Returns the references to files and addresses. References to parts of the same SVG and embedded data do not count, nor do links, because
 * they load no file.
 */
function externalParts(text: string): string[] {
  const elements = text.match(/<(?!\/|a[\s>]|\w+:a[\s>])[^<>]*>/g) ?? []
  const named = elements.flatMap((element) => [
    ...element.matchAll(/\s(?:xlink:)?href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi),
  ])
  const styled = text.matchAll(/(?:@import\s+|url\(\s*)(?:url\(\s*)?["']?([^"'()\s;]+)/gi)
  const found = [...named, ...styled].map(([, one, other]) => (one ?? other ?? '').trim())
  return [...new Set(found)].filter((address) => address !== '' && !/^(#|data:)/i.test(address))
}

/** Makes pixels of sharp's raw RGBA output. */
export function pixelsOf(
  data: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Pixels {
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { widthPx: width, heightPx: height, data: rgba }
}
