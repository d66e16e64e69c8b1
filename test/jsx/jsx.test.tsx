import { describe, expect, it } from 'vitest'
import { text } from '../../src/index.js'
import { bound, type JsxElement, receiptOf, templateOf } from '../../src/jsx/index.js'
import { jsx } from '../../src/jsx/jsx-runtime.js'
import type { ReceiptError } from '../../src/model/errors.js'
import { bind } from '../../src/template/index.js'

/** A component that holds itself. */
function Endless(): JsxElement {
  return <Endless />
}

const nodesOf = (element: JsxElement) => receiptOf(element).nodes

function messageOf(make: () => unknown): string {
  try {
    make()
  } catch (error) {
    const { code, message, hint } = error as ReceiptError
    expect(code).toBe('JSX_INVALID')
    return `${message} — ${hint}`
  }
  throw new Error('nothing was thrown')
}

describe('JSX', () => {
  it('joins text and numbers, and leaves out what is nothing', () => {
    const n: number = 5
    const none: string | undefined = undefined
    expect(
      nodesOf(
        <receipt>
          <text bold={none === undefined ? undefined : true}>
            合计 {n} 份{null}
            {true}
            {[1, 2n, ['x']]}
          </text>
          {[]}
          {undefined}
          {text('a')}
          <text>{0}</text>
        </receipt>,
      ),
    ).toEqual([
      { kind: 'text', text: '合计 5 份12x' },
      { kind: 'text', text: 'a' },
      { kind: 'text', text: '0' },
    ])
  })

  it('takes spans where a text is, and nodes in cells', () => {
    expect(
      nodesOf(
        <columns columns={[{}, {}]}>
          <tr>
            <td align="right">
              a<span bold>b</span>
            </td>
            <td span={1}>
              <qr data="x" />
            </td>
          </tr>
          <tr />
        </columns>,
      ),
    ).toEqual([
      {
        kind: 'columns',
        columns: [{}, {}],
        rows: [
          [
            { text: ['a', { text: 'b', bold: true }], align: 'right' },
            { span: 1, nodes: [{ kind: 'qr', data: 'x' }] },
          ],
          [],
        ],
      },
    ])
  })

  it('takes nodes in boxes, and rows of them side by side', () => {
    expect(
      nodesOf(
        <>
          <box border="double" title={<span bold>订单</span>} padding={{ top: 4 }}>
            <text>a</text>
          </box>
          <banner>外卖 {48}</banner>
          <row gap={2}>
            <cell width="2fr" valign="middle">
              <qr data="x" />
            </cell>
            <cell>
              <text>b</text>
            </cell>
          </row>
        </>,
      ),
    ).toEqual([
      {
        kind: 'box',
        border: 'double',
        title: [{ text: '订单', bold: true }],
        padding: { top: 4 },
        nodes: [{ kind: 'text', text: 'a' }],
      },
      { kind: 'banner', text: '外卖 48' },
      {
        kind: 'row',
        gap: 2,
        cells: [
          { width: '2fr', valign: 'middle', nodes: [{ kind: 'qr', data: 'x' }] },
          { nodes: [{ kind: 'text', text: 'b' }] },
        ],
      },
    ])
  })

  it('writes templates', () => {
    const template = templateOf<{
      shop: string
      pay: string
      items: { name: string }[]
      vip: boolean
    }>(
      <receipt>
        <text bold={bound('vip')}>{bound('shop')}</text>
        <columns columns={[{}]}>
          <each in="items" as="one">
            <tr>
              <td>{bound('one.name')}</td>
            </tr>
          </each>
        </columns>
        <if test="vip">
          <text>会员</text>
          <else>
            <text>普通</text>
          </else>
        </if>
        <switch on="pay">
          <case is="cash">
            <text>现金</text>
          </case>
          <else />
        </switch>
        <let set={{ n: 'items | size' }}>
          <text>
            共 {bound('n')} 项<if test="vip">（会员）</if>
          </text>
        </let>
        <include partial="foot" with={{ shop: 'shop' }} />
      </receipt>,
    )
    const data = { shop: '面馆', pay: 'cash', items: [{ name: '面' }], vip: true }
    const foot = [{ kind: 'text', text: '{{ shop }}' }]
    expect(bind(template, data, { partials: { foot } }).nodes).toEqual([
      { kind: 'text', text: '面馆', bold: true },
      { kind: 'columns', columns: [{}], rows: [['面']] },
      { kind: 'text', text: '会员' },
      { kind: 'text', text: '现金' },
      { kind: 'text', text: ['共 1 项', '（会员）'] },
      { kind: 'text', text: '面馆' },
    ])
  })

  it('ends where elements hold themselves, and prints no number that lost its digits', () => {
    const list: JsxElement[] = []
    list.push(list as never)
    expect(messageOf(() => <Endless />)).toMatch(/without end/)
    expect(messageOf(() => <group>{list}</group>)).toMatch(/without end/)
    for (const wrong of [1e21, 2 ** 53, 1e-7]) {
      expect(messageOf(() => <text>{wrong}</text>)).toMatch(/digits are not exact: give it as text/)
    }
    const exact = nodesOf(
      <text>
        {2 ** 53 - 1} {10n ** 20n} {-0.25}
      </text>,
    )
    expect(exact).toEqual([{ kind: 'text', text: '9007199254740991 100000000000000000000 -0.25' }])
  })

  it('refuses children that an element does not take', () => {
    expect(messageOf(() => <text>{(<qr data="a" />) as never}</text>)).toContain(
      '<text> cannot hold <qr> — its children are text, numbers and <span>',
    )
    expect(messageOf(() => <group>{'a' as never}</group>)).toContain('<group> cannot hold text')
    expect(messageOf(() => <tr>{(<text>a</text>) as never}</tr>)).toContain(
      '<tr> cannot hold <text>',
    )
    expect(messageOf(() => jsx('cut', { children: 'a' }))).toContain('<cut> cannot hold text')
    expect(messageOf(() => jsx('txt', {}))).toBe('there is no element <txt> — did you mean text?')
    expect(messageOf(() => jsx('constructor', {}))).toContain('there is no element <constructor>')
    expect(messageOf(() => <text>{Number.NaN}</text>)).toContain('a number that is none')
    expect(messageOf(() => <text>{Promise.resolve('a') as never}</text>)).toContain('a promise')
    expect(messageOf(() => receiptOf(<tr />))).toContain('neither a receipt nor nodes')
  })
})
