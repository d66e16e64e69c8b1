/** How the columns of another program's CSV become the fields of a trade. */

import * as z from 'zod/mini'
import { plainDigits } from '../card-numbers.js'
import { invalid } from '../describe-issue.js'
import { VoucherError } from '../errors.js'
import { isAmountCell, TRADE_CELLS } from './cells.js'

const text = z.string().check(z.minLength(1), z.maxLength(200))

const fieldSchema = z.strictObject({
  /** Title of the column; several are tried in their order until one is not empty. */
  column: z.exactOptional(z.union([text, z.array(text).check(z.minLength(1))])),
  /** The value of every row, in place of a column. */
  value: z.exactOptional(text),
  /** Used if the column is empty. */
  default: z.exactOptional(text),
  /** Translates the words of the column: `{ "消费": "sale" }`. A word that is not listed is refused. */
  values: z.exactOptional(z.record(z.string(), z.string())),
  /** Unit of an amount. Default `fen`. */
  unit: z.exactOptional(z.enum(['fen', 'yuan'])),
  /** Format of `at`: `YYYY-MM-DD HH:mm:ss`, with any other characters between. */
  format: z.exactOptional(text),
  /** Offset of a time that has a `format`. Default `+08:00`. */
  zone: z.exactOptional(
    z.string().check(z.regex(/^[+-]\d\d:\d\d$/, { error: 'an offset such as +08:00' })),
  ),
})

const mappingSchema = z.strictObject({
  encoding: z._default(z.enum(['utf-8', 'gbk']), 'utf-8'),
  delimiter: z._default(z.string().check(z.minLength(1), z.maxLength(1)), ','),
  /** Lines above the titles. */
  skipLines: z._default(z.int().check(z.minimum(0), z.maximum(1000)), 0),
  fields: z.record(z.string(), fieldSchema),
})

export interface FieldMapping {
  readonly column?: string | readonly string[]
  readonly value?: string
  readonly default?: string
  readonly values?: Readonly<Record<string, string>>
  readonly unit?: 'fen' | 'yuan'
  readonly format?: string
  readonly zone?: string
}

/** The file that maps the columns of another program to the fields of a trade: `docs/vouchers.md` has an example. */
export interface ImportMapping {
  readonly encoding: 'utf-8' | 'gbk'
  readonly delimiter: string
  readonly skipLines: number
  /** Columns by the name of the trade's field: `fen`, `merchant.no`. */
  readonly fields: Readonly<Record<string, FieldMapping>>
}

/** The mapping of the library's own export: each column is named for its field. */
export const OWN_MAPPING: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  skipLines: 0,
  fields: Object.fromEntries(['id', ...TRADE_CELLS].map((name) => [name, { column: name }])),
}

/**
 * Checks a mapping and fills in its defaults.
 * @throws VoucherError `MAPPING_INVALID` with the path of the field
 */
export function readMapping(json: unknown): ImportMapping {
  const parsed = mappingSchema.safeParse(json)
  if (!parsed.success) {
    throw invalid('mapping', 'MAPPING_INVALID', parsed.error.issues, [
      ...Object.keys(mappingSchema.shape),
    ])
  }
  const { fields } = parsed.data
  for (const name of Object.keys(fields)) checkField(name, fields[name] as FieldMapping)
  const has = (name: string) => fields[name] !== undefined
  if (!has('id') && !has('key') && !(has('voucher') && has('batch'))) {
    throw mappingError(
      'fields.key',
      'the mapping has no key, and not both batch and voucher',
      'map a column that no two trades share to key, so that an import can be repeated without adding a trade twice',
    )
  }
  return parsed.data as ImportMapping
}

function checkField(name: string, { column, value, format }: FieldMapping): void {
  if (name !== 'id' && !TRADE_CELLS.includes(name)) {
    throw mappingError(
      `fields.${name}`,
      `a trade has no field ${name}`,
      `it has ${TRADE_CELLS.join(', ')}`,
    )
  }
  if ((column === undefined) === (value === undefined)) {
    throw mappingError(`fields.${name}`, `${name} needs a column or a value`, 'give one of both')
  }
  if (
    format !== undefined &&
    !['YYYY', 'MM', 'DD', 'HH', 'mm'].every((part) => format.includes(part))
  ) {
    throw mappingError(
      `fields.${name}.format`,
      'the format of a time needs YYYY, MM, DD, HH and mm',
      'write it as YYYY-MM-DD HH:mm:ss',
    )
  }
}

function mappingError(path: string, message: string, hint: string): VoucherError {
  return new VoucherError(message, { code: 'MAPPING_INVALID', path, hint })
}

/**
 * Returns the text of a trade's field in a row.
 *
 * @param cell the text of a column
 * @throws VoucherError `CELL_INVALID`, which quotes no cell, because any may hold a card number
 */
export function mapped(
  name: string,
  field: FieldMapping,
  cell: (column: string) => string,
): string {
  const { value, values, unit } = field
  if (value !== undefined) return value
  const columns = typeof field.column === 'string' ? [field.column] : (field.column ?? [])
  const found = columns.map(cell).find((one) => one !== '') ?? field.default ?? ''
  if (found === '') return ''
  if (values !== undefined) {
    if (Object.hasOwn(values, found)) return values[found] as string
    throw cellError(name, `the word in the column of ${name} is not in values`)
  }
  if (isAmountCell(name) && unit === 'yuan') return fenText(name, found)
  return name === 'at' && field.format !== undefined ? timeText(found, field) : found
}

/**
 * An amount in yuan: marks of the currency and blanks may surround the sign and the number; commas only before three digits, because
 * `12,50` is not 1250.
 */
const YUAN =
  /^(?:RMB|CNY|[\s¥￥元圆])*(?:([+-])(?:RMB|CNY|[\s¥￥元圆])*)?(\d{1,10}|\d{1,3}(?:[,，]\d{3}){1,3})(?:\.(\d{1,2}))?(?:RMB|CNY|[\s¥￥元圆])*$/i

/**
 * Converts yuan to fen as text, so that no amount passes through a float. The sign stays, because the meaning of a minus depends on the
 * type.
 */
function fenText(name: string, found: string): string {
  const [, sign = '', yuan = '', cents = ''] = YUAN.exec(plainDigits(found)) ?? []
  if (yuan === '') throw cellError(name, `the column of ${name} has no amount in yuan`)
  const digits = `${yuan.replace(/[,，]/g, '')}${cents.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  return `${sign === '-' && digits !== '0' ? '-' : ''}${digits}`
}

const PARTS = { YYYY: 4, MM: 2, DD: 2, HH: 2, mm: 2, ss: 2 } as const
type Part = keyof typeof PARTS

function timeText(found: string, { format = '', zone = '+08:00' }: FieldMapping): string {
  const order = [...format.matchAll(/YYYY|MM|DD|HH|mm|ss/g)].map(([part]) => part as Part)
  const rest = format.split(/YYYY|MM|DD|HH|mm|ss/)
  // Programs write 9:05 for 09:05. Leading zeros are needed only if two parts follow each other without a separator.
  const touches = rest.slice(1, -1).some((between) => between === '')
  const source = order
    .map((part, i) => {
      const least = touches || part === 'YYYY' ? PARTS[part] : 1
      return `${escaped(rest[i] ?? '')}(\\d{${least},${PARTS[part]}})`
    })
    .join('')
  const match = new RegExp(`^${source}${escaped(rest.at(-1) ?? '')}$`).exec(found)
  if (match === null) throw cellError('at', 'the column of at has no time of the given format')
  const of = (part: Part) => (match[order.indexOf(part) + 1] ?? '0').padStart(PARTS[part], '0')
  const seconds = order.includes('ss') ? of('ss') : '00'
  return `${of('YYYY')}-${of('MM')}-${of('DD')}T${of('HH')}:${of('mm')}:${seconds}${zone}`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function cellError(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'CELL_INVALID',
    path,
    hint: 'correct the cell, or the mapping if all rows are like this',
  })
}
