/**
 * Vouchers as a workbook (XLSX, ECMA-376) for people. It is written row by row, so that a million vouchers need no more memory than a page.
 * Numbers such as 000236 are cells of text, because a spreadsheet would drop their zeros and round those of twenty digits; amounts are
 * numbers. The zip is made by fflate and the XML here, because the libraries for workbooks hold the whole file in memory or are no longer
 * maintained.
 */

import { Zip, ZipDeflate } from 'fflate'
import type { VoucherRecord } from '../voucher-record.js'
import { SHEET_COLUMNS, type SheetCell } from './sheet-columns.js'

/** Maximum number of rows in a sheet that spreadsheets can open. */
export const MOST_ROWS = 1_048_576

/**
 * Yields the bytes of the workbook.
 * @param rowsOfSheet maximum number of rows in a sheet, including its titles; at most `MOST_ROWS`
 */
export async function* xlsxOf(
  pages: AsyncIterable<readonly VoucherRecord[]>,
  rowsOfSheet: number,
): AsyncGenerator<Uint8Array> {
  const book = new Workbook(rowsOfSheet)
  for await (const page of pages) {
    for (const record of page) book.add(record)
    yield* book.take()
  }
  book.end()
  yield* book.take()
}

class Workbook {
  readonly #rowsOfSheet: number
  readonly #zip: Zip
  #made: Uint8Array[] = []
  #sheet: ZipDeflate | undefined
  #sheets = 0
  #row = 0
  #xml = ''

  constructor(rowsOfSheet: number) {
    this.#rowsOfSheet = rowsOfSheet
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error
      this.#made.push(bytes)
    })
  }

  add(record: VoucherRecord): void {
    if (this.#sheet === undefined || this.#row === this.#rowsOfSheet) this.#begin()
    this.#write(SHEET_COLUMNS.map(({ cell }) => cell(record)))
  }

  /** Returns the bytes that were written since the last call. */
  take(): readonly Uint8Array[] {
    this.#flush()
    const made = this.#made
    this.#made = []
    return made
  }

  end(): void {
    if (this.#sheet === undefined) this.#begin()
    this.#endSheet()
    const names = Array.from({ length: this.#sheets }, (_, i) => i + 1)
    for (const [name, xml] of Object.entries(partsOf(names))) this.#put(name, xml)
    this.#zip.end()
  }

  #begin(): void {
    this.#endSheet()
    this.#sheets++
    this.#row = 0
    this.#sheet = this.#file(`xl/worksheets/sheet${this.#sheets}.xml`)
    const widths = SHEET_COLUMNS.map(
      ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
    ).join('')
    this.#xml = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`
    this.#write(SHEET_COLUMNS.map(({ title }) => ({ text: title })))
  }

  #endSheet(): void {
    if (this.#sheet === undefined) return
    this.#xml += '</sheetData></worksheet>'
    this.#flush()
    this.#sheet.push(new Uint8Array(0), true)
    this.#sheet = undefined
  }

  #write(cells: readonly SheetCell[]): void {
    this.#row++
    this.#xml += `<row r="${this.#row}">${cells.map(cellXml).join('')}</row>`
    if (this.#xml.length > 65_536) this.#flush()
  }

  #flush(): void {
    if (this.#xml !== '') this.#sheet?.push(new TextEncoder().encode(this.#xml), false)
    this.#xml = ''
  }

  #file(name: string): ZipDeflate {
    const file = new ZipDeflate(name, { level: 3 })
    // A fixed time, because otherwise the file would hold the time of the machine.
    file.mtime = '1980-01-01T12:00:00'
    this.#zip.add(file)
    return file
  }

  #put(name: string, xml: string): void {
    this.#file(name).push(new TextEncoder().encode(`${HEAD}${xml}`), true)
  }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Indices in the list of cell styles (`cellXfs`) below. */
const TEXT_STYLE = 1
const AMOUNT_STYLE = 2

function cellXml(cell: SheetCell): string {
  if (cell === undefined) return '<c/>'
  if ('amount' in cell) return `<c s="${AMOUNT_STYLE}"><v>${cell.amount}</v></c>`
  return `<c s="${TEXT_STYLE}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell.text)}</t></is></c>`
}

/**
 * Escapes text for XML. Characters that XML cannot hold are written as workbooks do, `_x000B_`, and text that looks like such an escape is
 * escaped too.
 */
function xmlText(text: string): string {
  return text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (control) => {
      if (control === '\n' || control === '\t') return control
      return `_x${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The other files of a workbook with sheets of these numbers. The style of text cells keeps them text when somebody edits them. */
function partsOf(sheets: readonly number[]): Readonly<Record<string, string>> {
  const list = (one: (n: number) => string) => sheets.map(one).join('')
  const styles = sheets.length + 1
  return {
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list((n) => `<sheet name="凭证${n}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${list((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${styles}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${list((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
  }
}
