/** A card number must not stand in a log: every filter and every error is run over one, however it is written. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { elements } from '../../src/elements/index.js'
import { type ReceiptError, XiaopiaoError } from '../../src/model/errors.js'
import { generic80 } from '../../src/profiles/index.js'
import { bindValue as bind } from '../../src/template/bind.js'
import { filters } from '../../src/template/filters/index.js'

const digits = '6222021234567890123'
const cards: readonly string[] = [
  digits,
  '6222 0212 3456 7890',
  '6222-0212-3456-7890',
  '６２２２０２１２３４５６７８９０',
  '6222　0212　3456　7890',
  `card ${digits} of Wang`,
  `${'x'.repeat(33)}${digits}`,
  `${digits}\n`,
]

/** Message, hint, path and those of each cause, with all that may part digits taken out. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { path, hint } = error as ReceiptError
  return `${error.message} ${path ?? ''} ${hint ?? ''} ${textOf(error.cause)}`
}

/** Seven digits in a row are more than a receipt shows of a card's beginning or end. */
function expectNoCard(text: string, where: string): void {
  const bare = text.normalize('NFKC').replace(/[\s\-.…*]/g, '')
  for (let i = 0; i + 7 <= digits.length; i++) {
    expect(bare.includes(digits.slice(i, i + 7)), `${where}: ${text}`).toBe(false)
  }
}

/** Runs `attempt`; true if it failed, and then without the card. */
function failsSafely(attempt: () => unknown, where: string): boolean {
  try {
    attempt()
    return false
  } catch (error) {
    expect(error, where).toBeInstanceOf(XiaopiaoError)
    expectNoCard(textOf(error), where)
    return true
  }
}

describe('no message quotes a card number', () => {
  it.each(Object.keys(filters))('from the filter %s', (name) => {
    const calls = ['x', 'l', 'o', 'n', 'f'].flatMap((value) => [
      `${value} | ${name}`,
      ...['x', 'n', 'o', '1', "'YYYY'", "'%Y'", "'pan'", '"plain"'].map(
        (argument) => `${value} | ${name}: ${argument}`,
      ),
      `${value} | ${name}: x, x`,
      `${value} | ${name}: 'HH', x`,
    ])
    let failed = 0
    for (const card of cards.slice(0, 5)) {
      const o = { pan: card }
      const data = { x: card, l: [card, o], o, n: Number(digits), f: 1.5, [card]: 1 }
      for (const call of calls) {
        if (failsSafely(() => bind(`{{ ${call} }}`, data), call)) failed++
      }
    }
    if (!['first', 'size'].includes(name)) expect(failed).toBeGreaterThan(0)
  })

  it('from expressions, loops and tests', () => {
    for (const card of cards) {
      const data = { pan: card, o: {}, l: [card] }
      const each = (list: string) => ({ nodes: [{ kind: 'each', in: list, do: ['{{ item.a }}'] }] })
      const attempts: readonly unknown[] = [
        ...['{{ pan.a }}', '{{ o[pan] }}', '{{ pan[pan] }}', '{{ l[pan] }}', '{{ (1..pan) }}'],
        ...[each('pan'), each('l'), each('o[pan]')],
      ]
      for (const attempt of attempts) {
        const where = JSON.stringify(attempt)
        expect(
          failsSafely(() => bind(attempt, data), where),
          where,
        ).toBe(true)
      }
    }
  })

  it.each(Object.keys(elements))('from the node %s', (kind) => {
    const { schema } = elements[kind as keyof typeof elements]
    const fields = new Set(Object.keys(shapeOf(schema)))
    let failed = 0
    for (const card of cards) {
      const values = [card, Number(digits), { [card]: card }, [card], [{ text: card, bold: card }]]
      for (const field of [...fields, card]) {
        for (const value of values) {
          const whole = { ...minimal[kind], kind, [field]: value }
          const where = `${kind}.${field}`
          const run = () => {
            const { diagnostics } = compileJson({ nodes: [whole] }, { profile: generic80 })
            for (const diagnostic of diagnostics) expectNoCard(diagnostic.message, where)
          }
          if (failsSafely(run, where)) failed++
        }
      }
    }
    expect(failed).toBeGreaterThan(0)
  })

  it('from options that are one by mistake', () => {
    for (const card of [...cards, Number(digits)]) {
      const options = { profile: generic80, strict: card, images: card, onUnsupported: card }
      for (const option of ['strict', 'images', 'onUnsupported', 'profile'] as const) {
        const given = { profile: generic80, [option]: options[option] } as never
        failsSafely(() => compileJson({ nodes: [] }, given), option)
      }
      failsSafely(() => bind({ nodes: ['{{ x }}'] }, card), 'data')
    }
  })

  it('from barcodes and symbols that cannot hold it', () => {
    for (const card of cards) {
      for (const symbology of [
        'upca',
        'upce',
        'ean13',
        'ean8',
        'code39',
        'itf',
        'codabar',
      ] as const) {
        for (const data of [card, `${card}é`]) {
          const nodes = [{ kind: 'barcode', symbology, data }]
          failsSafely(() => compileJson({ nodes }, { profile: generic80 }), symbology)
        }
      }
      for (const symbology of ['gs1-128', 'databar', 'databar-expanded', 'databar-stacked']) {
        const nodes = [{ kind: 'barcode', symbology, data: `(01)${card}` }]
        expect(failsSafely(() => compileJson({ nodes }, { profile: generic80 }), symbology)).toBe(
          true,
        )
      }
      for (const symbology of ['pdf417', 'datamatrix', 'aztec', 'maxicode']) {
        const nodes = [{ kind: 'symbol', symbology, data: `${card}\ud83d`.repeat(99) }]
        expect(failsSafely(() => compileJson({ nodes }, { profile: generic80 }), symbology)).toBe(
          true,
        )
      }
    }
  })
})

/** Fields that a node cannot do without. */
const minimal: Readonly<Record<string, object>> = {
  text: { text: 'a' },
  columns: { columns: [{}], rows: [['a']] },
  field: { label: 'a', value: 'b' },
  qr: { data: 'a' },
  barcode: { symbology: 'code128', data: 'a' },
  symbol: { symbology: 'datamatrix', data: 'a' },
  image: { src: 'logo' },
  group: { nodes: [] },
}

/** The fields of an object's schema, or of each in a union. */
function shapeOf(schema: unknown): object {
  const { options, shape } = schema as { options?: unknown[]; shape?: object }
  return shape ?? Object.assign({}, ...(options ?? []).map(shapeOf))
}
