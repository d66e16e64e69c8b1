/** Small mistakes in templates: the message, its place, and the name that was meant. */

import { describe, expect, it } from 'vitest'
import type { ReceiptError } from '../../src/index.js'
import { bindValue } from '../../src/template/bind.js'

const data = { total: 1250, shop: { name: '老城面馆' }, items: [{ name: '面', price: 1200 }] }
const text = (content: string) => ({ kind: 'text', text: content })
const each = (fields: object) => ({ kind: 'each', in: 'items', do: [], ...fields })

describe('a small mistake in a template is explained', () => {
  it.each([
    [text('{{ total | mony }}'), 'text', 'there is no filter mony', 'did you mean money?'],
    [text('{{ totl }}'), 'text', '{{ totl }} has no value', 'did you mean total?'],
    [text('{{ shop.nmae }}'), 'text', '{{ shop.nmae }} has no value', 'did you mean shop.name?'],
    [
      each({ do: [text('{{ item.prise }}')] }),
      'do[0].text',
      '{{ item.prise }} has no value in element 1 of items',
      'did you mean item.price?',
    ],
    [text('{{ qqqq }}'), 'text', '{{ qqqq }} has no value', 'give it in the data'],
    [text('{% if a %}'), 'text', 'tags are not allowed in template texts', 'loops and conditions'],
    [text('{{ a b }}'), 'text', 'cannot read the template text "a b"', 'write {{ item.name }}'],
    [each({ od: [] }), 'od', "is not a field of a node of kind 'each'", 'it has in, as, do'],
    [
      { kind: 'if', test: 'total', thne: [] },
      'thne',
      "is not a field of a node of kind 'if'",
      'did you mean then?',
    ],
    [each({ in: 5 }), 'in', 'must be an expression', 'write it without braces'],
    [each({ in: '{{ items }}' }), 'in', 'must be without braces', 'write it without braces'],
    [each({ in: 'total' }), 'in', '{{ total }} is not a list', 'name a list of the data'],
    [each({ do: {} }), 'do', 'must be a list of nodes', 'write "do": [ … ]'],
  ])('%j', (node, path, message, hint) => {
    const fault = faultOf({ nodes: [node] })
    expect(fault.path).toBe(`nodes[0].${path}`)
    expect(fault.message).toContain(message)
    expect(fault.hint).toContain(hint)
    expect(`${fault.message} ${fault.hint}`).not.toMatch(/undefined|\^\[|\.$/)
  })
})

function faultOf(template: unknown): ReceiptError {
  try {
    bindValue(template, data)
  } catch (error) {
    return error as ReceiptError
  }
  throw new Error('it was taken')
}
