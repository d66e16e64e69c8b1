/** Paper as a PDF: its dots unchanged, and the text in the same places, so that a slip can be searched and copied. */
import { type Bitmap, blitBitmap, bytesPerRow, createBitmap } from '../../model/bitmap.js'
import {
  isBytes,
  OBJECT,
  type OptionRule,
  type OptionRules,
  readArgument,
  readOptions,
  TEXT,
  wholeNumber,
} from '../../model/options.js'
import type { Paper } from '../../model/paper.js'
import { jbig2Of } from './jbig2.js'
import { asciiOf, PdfFile, textObject } from './pdf-file.js'
import { type Placed, placedTexts, TextFont, textOperators } from './text-layer.js'

export interface PdfOptions {
  /** White dots around the print area, 0 to 400. Default 0, as in the PNG. */
  readonly marginDots?: number
  /** Title that readers show in place of the file's name. Default none. */
  readonly title?: string
  /** Time of creation, such as `2026-11-23T12:02:17+08:00`. Default: left out, so that equal papers make equal files. */
  readonly createdAt?: string
  /** Files within the file, such as the record that the slip shows. Default none. */
  readonly attachments?: readonly PdfAttachment[]
}

export interface PdfAttachment {
  /** Name under which readers save the attachment, such as `voucher.json`. */
  readonly name: string
  /** Media type, such as `application/json`. */
  readonly mediaType: string
  readonly data: Uint8Array
}

/** Longest page in points, the unit of a PDF, because readers need not show a longer one (ISO 32000-1, annex C.2). */
const LONGEST_PAGE = 14_400
const POINTS_PER_INCH = 72

/**
 * Makes a PDF of the size of the paper. Each dot is a dot of the picture at the resolution of the printer's head, and the text lies
 * invisibly over the picture. No font is embedded and none is needed. Papers of more than five metres take several pages.
 *
 * @param paper as printed by `printBytes`; `withDrawnTexts` adds the texts of what is printed as dots
 * @throws OptionError when an option is unknown or has a value that it cannot have
 *
 * @example
 * const pdf = paperToPdf(paper, { title: '签购单 000236' })
 * String.fromCharCode(...pdf.subarray(0, 4)) // '%PDF'
 */
export function paperToPdf(paper: Paper, options: PdfOptions = {}): Uint8Array {
  readArgument('paperToPdf', 'paper', paper, OBJECT)
  const given = readOptions<PdfOptions>('paperToPdf', options, PDF_RULES)
  const { marginDots = 0, attachments = [] } = given
  const file = new PdfFile()
  const catalog = file.reserve()
  const tree = file.reserve()
  const font = new TextFont()
  const fontNumber = file.reserve()
  const placed = placedTexts(paper)
  const pages = pagesOf(paper, marginDots).map((page) => {
    return addPage(file, { ...page, paper, marginDots, placed, font, fontNumber, tree })
  })
  font.writeTo(file, fontNumber)
  file.add(`<</Type/Pages/Kids[${pages.map(reference).join(' ')}]/Count ${pages.length}>>`, tree)
  const attached = attachments.map((attachment) => addAttachment(file, attachment))
  file.add(`<</Type/Catalog/Pages ${reference(tree)}${attachedEntries(attached)}>>`, catalog)
  return file.finish(catalog, file.add(`<<${infoEntries(given)}>>`))
}

interface Rows {
  readonly from: number
  readonly to: number
}

/** Splits the paper into one page, or into more if it is longer than the longest page. */
function pagesOf({ heightDots, dpi }: Paper, marginDots: number): Rows[] {
  const most = Math.floor((LONGEST_PAGE * dpi) / POINTS_PER_INCH) - 2 * marginDots
  const pages: Rows[] = []
  for (let from = 0; from < heightDots; from += most) {
    pages.push({ from, to: Math.min(from + most, heightDots) })
  }
  return pages.length > 0 ? pages : [{ from: 0, to: 0 }]
}

interface Page extends Rows {
  readonly paper: Paper
  readonly marginDots: number
  readonly placed: readonly Placed[]
  readonly font: TextFont
  readonly fontNumber: number
  readonly tree: number
}

function addPage(file: PdfFile, page: Page): number {
  const { paper, marginDots, from, to } = page
  const dots = framed(paper.bitmap, page)
  const pointsOf = POINTS_PER_INCH / paper.dpi
  const width = pageSize(dots.widthDots * pointsOf)
  const height = pageSize(dots.heightDots * pointsOf)
  // A mask paints the black dots, and leaves the white of the page elsewhere.
  const size = `/Width ${dots.widthDots}/Height ${dots.heightDots}`
  const mask = '/Type/XObject/Subtype/Image/ImageMask true/BitsPerComponent 1/Filter/JBIG2Decode'
  const image = file.addCoded(`${mask}${size}`, jbig2Of(dots))
  const here = page.placed.filter(({ y }) => y >= from && (y < to || to === paper.heightDots))
  const top = (dots.heightDots - marginDots + from) * pointsOf
  const text = textOperators(here, page.font, { pointsOf, top, left: marginDots * pointsOf })
  const content = file.addStream('', asciiOf(`q ${width} 0 0 ${height} 0 0 cm /I Do Q\n${text}`))
  const resources = `<</XObject<</I ${reference(image)}>>/Font<</F ${reference(page.fontNumber)}>>>>`
  return file.add(
    `<</Type/Page/Parent ${reference(page.tree)}/MediaBox[0 0 ${width} ${height}]/Resources${resources}/Contents ${reference(content)}>>`,
  )
}

/** Rounds a size down, because readers round a page up to whole dots, and a tiny excess would become a white column. */
function pageSize(points: number): string {
  return String(Math.floor(points * 10_000) / 10_000)
}

/** The rows of a page with white around them. A picture cannot have 0 rows, so an empty one has a white row. */
function framed(bitmap: Bitmap, { from, to, marginDots }: Page): Bitmap {
  const { widthDots } = bitmap
  const stride = bytesPerRow(widthDots)
  const data = bitmap.data.subarray(from * stride, to * stride)
  const rows = { widthDots, heightDots: to - from, data }
  if (marginDots === 0 && to > from) return rows
  const height = Math.max(1, to - from + 2 * marginDots)
  const whole = createBitmap(widthDots + 2 * marginDots, height)
  blitBitmap(whole, rows, marginDots, marginDots)
  return whole
}

interface Attached {
  readonly name: string
  readonly number: number
}

function addAttachment(file: PdfFile, { name, mediaType, data }: PdfAttachment): Attached {
  const type = `/Subtype/${mediaType.replace('/', '#2F')}`
  const stream = file.addStream(`/Type/EmbeddedFile${type}/Params<</Size ${data.length}>>`, data)
  const text = textObject(name)
  const number = file.add(
    `<</Type/Filespec/F ${text}/UF ${text}/AFRelationship/Data/EF<</F ${reference(stream)}/UF ${reference(stream)}>>>>`,
  )
  return { name, number }
}

function attachedEntries(attached: readonly Attached[]): string {
  if (attached.length === 0) return ''
  // The names are sorted, because readers look them up by binary search.
  const sorted = [...attached].sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = sorted.map(({ name, number }) => `${textObject(name)} ${reference(number)}`)
  const files = attached.map(({ number }) => reference(number)).join(' ')
  return `/Names<</EmbeddedFiles<</Names[${names.join(' ')}]>>>>/AF[${files}]`
}

function infoEntries({ title, createdAt }: PdfOptions): string {
  const shown = title === undefined ? '' : `/Title ${textObject(title)}`
  return `${shown}${createdAt === undefined ? '' : `/CreationDate (${pdfDate(createdAt)})`}/Producer (xiaopiao)`
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-]\d\d):(\d\d))$/

/** Formats a time for PDF: `D:20261123120217+08'00'`. */
function pdfDate(time: string): string {
  const [, year, month, day, hour, minute, second, zoneHours, zoneMinutes] = TIME.exec(time) ?? []
  const zone = zoneHours === undefined ? 'Z' : `${zoneHours}'${zoneMinutes}'`
  return `D:${year}${month}${day}${hour}${minute}${second}${zone}`
}

function reference(number: number): string {
  return `${number} 0 R`
}

const ATTACHMENTS: OptionRule = {
  says: 'a list of { name, mediaType, data }, each with another name, a media type such as application/json, and bytes',
  accepts: (value) =>
    Array.isArray(value) &&
    value.every(isAttachment) &&
    new Set(value.map(({ name }) => name)).size === value.length,
}

function isAttachment(value: unknown): value is PdfAttachment {
  if (!OBJECT.accepts(value)) return false
  const { name, mediaType, data } = value as Readonly<Record<string, unknown>>
  const isType = typeof mediaType === 'string' && /^[a-z]+\/[a-z0-9.+-]+$/.test(mediaType)
  return TEXT.accepts(name) && isType && isBytes(data)
}

const PDF_RULES: OptionRules<PdfOptions> = {
  marginDots: wholeNumber(0, 400),
  title: TEXT,
  createdAt: {
    says: 'a time with its zone, such as 2026-11-23T12:02:17+08:00',
    accepts: (value) => typeof value === 'string' && TIME.test(value),
  },
  attachments: ATTACHMENTS,
}
