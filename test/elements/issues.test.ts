/** The words about a field that holds something else: true, of this field, and with the fix that is meant. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import type { ReceiptError } from '../../src/index.js'
import { generic58 } from '../../src/profiles/index.js'

const column = (fields: object) => ({ kind: 'columns', columns: [fields], rows: [['a']] })
const cell = (content: unknown) => ({ kind: 'columns', columns: [{}], rows: [[content]] })
const text = (fields: object) => ({ kind: 'text', text: 'a', ...fields })
const image = (fields: object) => ({ kind: 'image', src: 'a', ...fields })
const bars = (fields: object) => ({ kind: 'barcode', symbology: 'code128', data: '1', ...fields })

const WIDTH = 'expected a number of cells, "auto", "30%" or "2fr"'
const CELL = 'expected text, a list of texts, an object with text, or an object with nodes'
const MULTIPLE = 'expected a whole number from 1 to 8'
const KINDS =
  'expected one of text, columns, field, rule, box, banner, row, label, qr, barcode, symbol, image, feed, cut, drawer, buzzer, density, speed, group'

/** A mistake, the path below `nodes[0]`, the message, and the hint if it is not the one that names the manual. */
type Mistake = readonly [node: object, path: string, message: string, hint?: string]

const mistakes: readonly Mistake[] = [
  [column({ width: 0 }), 'columns[0].width', 'expected a whole number, at least 1, found 0'],
  [column({ width: {} }), 'columns[0].width', `${WIDTH}, found an object`],
  [column({ width: true }), 'columns[0].width', `${WIDTH}, found true`],
  [
    column({ width: '30 %' }),
    'columns[0].width',
    'expected "auto", "30%" or "2fr", found "30 %"',
    'did you mean "30%"?',
  ],
  [
    column({ width: '2 fr' }),
    'columns[0].width',
    'expected "auto", "30%" or "2fr", found "2 fr"',
    'did you mean "2fr"?',
  ],
  [column({ width: 1.5 }), 'columns[0].width', `${WIDTH}, found 1.5`],
  [column({ widht: 5 }), 'columns[0].widht', 'unknown field "widht"', 'did you mean width?'],
  [image({ width: 0 }), 'width', 'expected a whole number, at least 1, found 0'],
  [
    image({ width: '50 %' }),
    'width',
    'expected a width such as "60%" or "40mm", found "50 %"',
    'did you mean "50%"?',
  ],
  [
    image({ width: {} }),
    'width',
    'expected a number of dots, or a width such as "60%" or "40mm", found an object',
  ],
  [
    image({ stored: 'long key' }),
    'stored',
    'expected a key of 1 to 3 printable ASCII characters, found "long key"',
  ],
  [image({ gamma: 0 }), 'gamma', 'expected a number from 0.1 to 10, found 0'],
  [text({ size: 0 }), 'size', `${MULTIPLE}, found 0`],
  [text({ size: 9 }), 'size', `${MULTIPLE}, found 9`],
  [text({ size: '2' }), 'size', `${MULTIPLE}, found "2"`, 'did you mean 2?'],
  [text({ bold: 'true' }), 'bold', 'expected true or false, found "true"', 'did you mean true?'],
  [text({ underline: 3 }), 'underline', 'expected true, false, 0, 1 or 2, found 3'],
  [
    text({ align: 'centre' }),
    'align',
    'expected "left", "center" or "right", found "centre"',
    'did you mean center?',
  ],
  [text({ text: 5 }), 'text', 'expected text, or a list of texts, found 5'],
  [text({ text: [5] }), 'text[0]', 'expected text, or an object with text, found 5'],
  [
    text({ text: [{ text: 'a', blod: true }] }),
    'text[0].blod',
    'unknown field "blod"',
    'did you mean bold?',
  ],
  [text({ text: [{ txt: 'a' }] }), 'text[0].txt', 'unknown field "txt"', 'did you mean text?'],
  [text({ algin: 'center' }), 'algin', 'unknown field "algin"', 'did you mean align?'],
  [
    { kind: 'feed', zzz: 1 },
    'zzz',
    'unknown field "zzz"',
    'the fields here are kind, lines, dots, margin, minHeight, at',
  ],
  [cell(5), 'rows[0][0]', `${CELL}, found 5`],
  [cell(null), 'rows[0][0]', `${CELL}, found null`],
  [
    cell({ text: 'a', algin: 'right' }),
    'rows[0][0].algin',
    'unknown field "algin"',
    'did you mean align?',
  ],
  [cell({ text: 5 }), 'rows[0][0].text', 'expected text, or a list of texts, found 5'],
  [
    cell({ text: 'a', span: 0 }),
    'rows[0][0].span',
    'expected a whole number from 1 to 32, found 0',
  ],
  [
    cell({ nodes: [{ kind: 'txet' }] }),
    'rows[0][0].nodes[0].kind',
    `${KINDS}, found "txet"`,
    'did you mean text?',
  ],
  [{ kind: 'feed', lines: -1 }, 'lines', 'expected a whole number from 0 to 100, found -1'],
  [{ kind: 'feed', lines: 1.5 }, 'lines', 'expected a whole number from 0 to 100, found 1.5'],
  [bars({ height: 0 }), 'height', 'expected a whole number from 1 to 2000, found 0'],
  [
    bars({ height: '1 mm' }),
    'height',
    'expected a length such as "8mm", found "1 mm"',
    'did you mean "1mm"?',
  ],
  [bars({ height: '1cm' }), 'height', 'expected a length such as "8mm", found "1cm"'],
  [
    bars({ height: true }),
    'height',
    'expected 1 to 2000 dots, or a length such as "8mm", found true',
  ],
  [bars({ data: '' }), 'data', 'expected text that is not empty, found ""'],
  [{ kind: 'qr', data: 'a', level: 'Z' }, 'level', 'expected "L", "M", "Q" or "H", found "Z"'],
  [
    { kind: 'qr', data: 'a', level: 'h' },
    'level',
    'expected "L", "M", "Q" or "H", found "h"',
    'did you mean H?',
  ],
  [
    { kind: 'qr', data: 'a', module: 'fits' },
    'module',
    'expected a length such as "0.75mm", or "fit", found "fits"',
    'did you mean fit?',
  ],
  [
    { kind: 'symbol', symbology: 'pdf471', data: 'a' },
    'symbology',
    'expected one of pdf417, datamatrix, aztec, maxicode, found "pdf471"',
    'did you mean pdf417?',
  ],
  [
    { kind: 'symbol', symbology: 'aztec', data: 'a', errorPrecent: 5 },
    'errorPrecent',
    'unknown field "errorPrecent"',
    'did you mean errorPercent?',
  ],
  [{ kind: 'Text', text: 'a' }, 'kind', `${KINDS}, found "Text"`, 'did you mean text?'],
  [
    { type: 'text', text: 'a' },
    'kind',
    `${KINDS}, found nothing`,
    'the kind of a node is its field "kind", not "type": { "kind": "text", … }',
  ],
  [{ kind: 'drawer', pin: 3 }, 'pin', 'expected 2 or 5, found 3'],
  [{ ...cell('a'), ruleChar: '--' }, 'ruleChar', 'expected one character, found "--"'],
  [
    { kind: 'columns', columns: [], rows: [] },
    'columns',
    'expected a list of 1 to 32, found an empty list',
  ],
  [
    { kind: 'field', label: 'a', value: 'b', leader: '' },
    'leader',
    'expected 1 to 4 characters, found ""',
  ],
  [{ kind: 'group' }, 'nodes', 'expected a list, found nothing'],
]

const MANUAL =
  '`xiaopiao docs receipt` lists the fields of every node; in the package it is docs/receipt.md'

describe('a small mistake in a node is explained', () => {
  it.each(mistakes)('%o', (node, path, message, hint = MANUAL) => {
    const fault = faultOf({ nodes: [node] })
    expect(fault).toMatchObject({ path: `nodes[0].${path}`, hint })
    expect(fault.message).toBe(message)
    expect(fault.message).not.toMatch(SCHEMA_WORDS)
  })
})

/** A regular expression, or a type that only a programmer of the validator knows. */
const SCHEMA_WORDS = /\/\^|\\d|\$\/|boolean|string|\bint\b|array|object Object|undefined|Invalid/

it('a field of the receipt itself has its own path', () => {
  expect(faultOf({ node: [] })).toMatchObject({
    path: 'node',
    message: expect.stringContaining('unknown field "node"'),
    hint: 'did you mean nodes?',
  })
  expect(faultOf([])).toMatchObject({
    path: '',
    message: 'expected an object, found an empty list',
  })
})

function faultOf(json: unknown): ReceiptError {
  try {
    compileJson(json, { profile: generic58 })
  } catch (error) {
    return error as ReceiptError
  }
  throw new Error('it was taken')
}
