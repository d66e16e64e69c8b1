/** Loads pixels from files, data URIs and buffers. It is the only part of this room that does I/O. */

import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Pixels } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import { codeOf, isBytes, messageOf } from '../model/realms.js'
import { ownPixels } from './loaded-pixels.js'
import { plainPng } from './plain-png.js'
import { decodeSvg, pixelsOf } from './svg.js'

/** RGBA pixels of 8 bits per channel, as a canvas or a decoder returns them. */
export interface RawImage {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** A path under `root`, a `data:` URI, the bytes of an image file, or RGBA pixels. */
export type ImageSource = string | Uint8Array | RawImage

export interface LoadOptions {
  /** Folder that must contain the files, after links are followed. Default: no file is read. */
  readonly root?: string | undefined
  /** Most pixels (width × height) to decode. Default 40,000,000. */
  readonly maxPixels?: number | undefined
  /** An SVG that takes longer to draw is refused, in milliseconds. Default 10,000. */
  readonly svgTimeoutMs?: number | undefined
}

interface Limits {
  readonly maxPixels: number
  readonly svgTimeoutMs: number
}

const MAX_FILE_BYTES = 64 * 2 ** 20
/** No printer has more dots in a line. Wider pictures are scaled down while they are decoded, to save memory. */
const MAX_WIDTH_PX = 4096

/**
 * The pixels of an image: PNG, JPEG, WebP, GIF, SVG, TIFF and AVIF are decoded by the optional package `sharp`. It
 * never fetches an image from the network.
 * @throws ReceiptError `IMAGE_URL_REFUSED`, `IMAGE_PATH_OUTSIDE`, `IMAGE_UNREADABLE`, `IMAGE_TOO_LARGE`,
 * `IMAGE_TOO_COMPLEX`, `IMAGE_NEEDS_SHARP`, `IMAGE_INVALID`
 *
 * @example
 * const { widthPx, heightPx } = await loadImage('logo.png', { root: '.' })
 * widthPx > 0 && heightPx > 0 // true
 */
export async function loadImage(source: ImageSource, options: LoadOptions = {}): Promise<Pixels> {
  const { maxPixels = 40e6, svgTimeoutMs = 10_000 } = options
  const limits = { maxPixels, svgTimeoutMs }
  if (typeof source === 'string') return decode(await bytesOf(source, options.root), limits)
  if (isBytes(source)) return decode(source, limits)
  const { data, width, height } = source
  checkSize(width, height, maxPixels)
  if (data.length !== width * height * 4) {
    throw new ReceiptError(
      `an image of ${width} × ${height} pixels has ${width * height * 4} bytes, not ${data.length}`,
      { code: 'IMAGE_INVALID', hint: 'give RGBA, four bytes a pixel' },
    )
  }
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { widthPx: width, heightPx: height, data: rgba }
}

async function bytesOf(source: string, root: string | undefined): Promise<Uint8Array> {
  if (/^data:/i.test(source)) return bytesOfDataUri(source)
  if (/^[a-z][a-z0-9+.-]+:/i.test(source)) {
    throw new ReceiptError(`images are not fetched: ${source.slice(0, 80)}`, {
      code: 'IMAGE_URL_REFUSED',
      hint: 'fetch it yourself and give its bytes, or a path under the folder of images',
    })
  }
  const path = await pathUnder(root, source)
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new Error('it is not a file')
    if (found.size > MAX_FILE_BYTES)
      throw tooLarge(`the file has ${found.size} bytes`, MAX_FILE_BYTES)
    return await readFile(path)
  } catch (error) {
    throw unreadable(source, error)
  }
}

function bytesOfDataUri(uri: string): Uint8Array {
  const comma = uri.indexOf(',')
  if (comma < 0) throw unreadable('the data URI', new Error('it has no comma'))
  const content = uri.slice(comma + 1)
  try {
    return /;base64$/i.test(uri.slice(0, comma))
      ? Buffer.from(decodeURIComponent(content), 'base64')
      : Buffer.from(decodeURIComponent(content), 'utf8')
  } catch (error) {
    throw unreadable('the data URI', error)
  }
}

/** Returns the real path of a file. A path out of the folder is refused before it is revealed whether the file exists. */
async function pathUnder(root: string | undefined, path: string): Promise<string> {
  if (root === undefined) {
    throw new ReceiptError(`no folder of images was given: ${path}`, {
      code: 'IMAGE_PATH_OUTSIDE',
      hint: 'give the option root, or the bytes of the image',
    })
  }
  const asked = resolve(root, path)
  if (!isUnder(resolve(root), asked)) throw outside(path)
  let real: string
  let realRoot: string
  try {
    realRoot = await realpath(root)
    real = await realpath(asked)
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? notFound(path, root) : unreadable(path, error)
  }
  if (!isUnder(realRoot, real)) throw outside(path)
  return real
}

function isUnder(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function decode(bytes: Uint8Array, limits: Limits): Promise<Pixels> {
  refuseUnreadFormat(bytes)
  const plain = plainPng(bytes, { widthPx: MAX_WIDTH_PX, maxPixels: limits.maxPixels })
  if (plain !== undefined) return plain
  return ownPixels(await decodeBySharp(bytes, limits))
}

async function decodeBySharp(bytes: Uint8Array, limits: Limits): Promise<Pixels> {
  const sharp = await loadSharp()
  try {
    const { width, height, format } = await sharp(bytes, { limitInputPixels: false }).metadata()
    checkSize(width, height, limits.maxPixels)
    if (format === 'svg') return await decodeSvg(bytes, width, { sharp, ...limits })
    const { data, info } = await sharp(bytes, {
      limitInputPixels: limits.maxPixels,
      autoOrient: true,
    })
      .resize({ width: MAX_WIDTH_PX, withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return pixelsOf(data, info)
  } catch (error) {
    throw unreadable('the image', error)
  }
}

async function loadSharp() {
  try {
    return ((await importOptional('sharp')) as typeof import('sharp')).default
  } catch (cause) {
    throw new ReceiptError('image files are decoded by the package sharp', {
      code: 'IMAGE_NEEDS_SHARP',
      hint: 'run `npm install sharp`, or give RGBA pixels',
      cause,
    })
  }
}

function checkSize(width: number, height: number, maxPixels: number): void {
  if (width * height > maxPixels) {
    throw tooLarge(`the image has ${width} × ${height} pixels`, maxPixels)
  }
}

function tooLarge(what: string, most: number): ReceiptError {
  return new ReceiptError(`${what}, and ${most} is the most`, {
    code: 'IMAGE_TOO_LARGE',
    hint: 'a receipt printer prints 384 or 576 dots a line: give a smaller image, or raise maxPixels',
  })
}

function outside(path: string): ReceiptError {
  return new ReceiptError(`the image lies outside the folder of images: ${path}`, {
    code: 'IMAGE_PATH_OUTSIDE',
    hint: 'move it under the folder, or give its bytes',
  })
}

function notFound(path: string, root: string): ReceiptError {
  return new ReceiptError(`there is no picture ${path}`, {
    code: 'IMAGE_UNREADABLE',
    hint: `check the name, with its capital letters; it is looked for in the folder ${resolve(root)}`,
  })
}

/** First bytes of common formats that are not supported. */
const UNREAD_FORMATS: readonly (readonly [name: string, begins: RegExp])[] = [
  ['a BMP', /^BM/],
  ['a PDF', /^%PDF/],
  ['a Photoshop file', /^8BPS/],
  ['an icon (ICO)', /^\0\0\u0001\0/],
  ['a HEIC photo', /^.{4}ftyphe(i|v)[cxs]/s],
]

function refuseUnreadFormat(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  const found = UNREAD_FORMATS.find(([, begins]) => begins.test(start))
  if (found === undefined) return
  throw new ReceiptError(`the image is ${found[0]}, which is not read`, {
    code: 'IMAGE_UNREADABLE',
    hint: 'save it as PNG',
  })
}

/** Wraps an error to say what could not be read and why. A ReceiptError is returned unchanged. */
function unreadable(what: string, cause: unknown): ReceiptError {
  if (cause instanceof ReceiptError) return cause
  const why = messageOf(cause)
  return new ReceiptError(`cannot read ${what}: ${why}`, {
    code: 'IMAGE_UNREADABLE',
    hint: 'is it a whole PNG, JPEG, WebP, GIF or SVG?',
    cause,
  })
}
