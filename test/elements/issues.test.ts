/** What is said of a field that holds something else: in words, and of this field. */

import { expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { generic58 } from '../../src/profiles/index.js'

const columns = (fields: object) => ({ kind: 'columns', columns: [fields], rows: [] })

it.each([
  [
    { kind: 'text', text: 'a', underline: 3 },
    'underline',
    'expected true or false, or one of 0, 1, 2, found number 3',
  ],
  [
    { kind: 'text', text: 3 },
    'text',
    'expected text, or a list of texts, or an object with text, found number 3',
  ],
  [columns({ width: 'wide' }), 'columns[0].width', 'expected "auto", "30%" or "2fr", found "wide"'],
  [columns({ width: 0 }), 'columns[0].width', 'expected more than 0, found number 0'],
  [
    { kind: 'barcode', symbology: 'code128', data: '1', height: '1cm' },
    'height',
    'expected a length such as "8mm", found "1cm"',
  ],
  [
    { kind: 'image', src: 'a', width: 'half' },
    'width',
    'expected a width such as "60%" or "40mm", found "half"',
  ],
  [
    { kind: 'image', src: 'a', stored: 'long key' },
    'stored',
    'expected a key of 1 to 3 printable ASCII characters, found "long key"',
  ],
])('%o', (node, field, message) => {
  expect(() => compileJson({ nodes: [node] }, { profile: generic58 })).toThrow(
    expect.objectContaining({ path: `nodes[0].${field}`, message }),
  )
})
