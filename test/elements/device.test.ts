/** What a receipt asks of the printer beside ink, in the bytes that are sent; and bytes of the caller's own. */

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compile, compileJson } from '../../src/compile.js'
import { group } from '../../src/elements/group.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { raw } from '../../src/elements/raw.js'
import { parseReceipt } from '../../src/elements/receipt.js'
import { text } from '../../src/elements/text.js'
import { decodeAll } from '../../src/encoders/escpos/index.js'
import { printBytes } from '../../src/entries/emulator.js'
import { paperToText } from '../../src/entries/paper.js'
import { receiptJsonSchema } from '../../src/index.js'
import { jsx } from '../../src/jsx/jsx-runtime.js'
import type { Profile } from '../../src/model/profile.js'
import { findProfile, generic58, generic80, overrideProfile } from '../../src/profiles/index.js'
import { bind, bindValue } from '../../src/template/bind.js'

const epsonTmL90 = findProfile('epson-tm-l90')

const ASKED: ReadonlySet<string> = new Set([
  ...['buzzer', 'beepOnOff', 'bell', 'recordSeparator', 'printDensity', 'printSpeed'],
])

function asked(nodes: readonly ReceiptNode[], profile: Profile) {
  const { bytes, diagnostics } = compile({ nodes }, { profile })
  const commands = decodeAll(bytes).map(({ command }) => command)
  return {
    commands: commands.filter(({ kind }) => ASKED.has(kind)),
    codes: diagnostics.map(({ code, path }) => `${code} ${path}`),
  }
}

describe('a buzzer', () => {
  it.each([
    ['esc-b', null, [{ kind: 'buzzer', n: 3, t: 8 }]],
    ['esc-b', 100, [{ kind: 'buzzer', n: 3, t: 4 }]],
    ['esc-a', null, [{ kind: 'beepOnOff', n: 100, c: 3, t1: 4, t2: 1 }]],
    ['bel', null, [{ kind: 'bell' }, { kind: 'bell' }, { kind: 'bell' }]],
    ['rs', null, Array(3).fill({ kind: 'recordSeparator' })],
  ] as const)('%s of units of %s ms beeps as its manual says', (buzzer, buzzerUnitMs, expected) => {
    const profile: Profile = { ...generic80, buzzer, buzzerUnitMs }
    const { commands, codes } = asked([{ kind: 'buzzer', times: 3, ms: 400 }], profile)
    expect(commands).toEqual(expected)
    expect(codes).toEqual([])
  })

  it.each(['none', 'unknown'])('%s is reported, and the receipt prints', (buzzer) => {
    const profile = overrideProfile(generic58, { buzzer })
    const nodes: ReceiptNode[] = [{ kind: 'buzzer' }, text('面 1 份')]
    const { commands, codes } = asked(nodes, profile)
    expect(commands).toEqual([])
    expect(codes).toEqual(['BUZZER_UNSUPPORTED nodes[0]'])
    const paper = printBytes(compile({ nodes }, { profile }).bytes, profile)
    expect(paperToText(paper)).toContain('面 1 份')
  })

  it('is known of profiles whose manual says so', () => {
    expect(asked([{ kind: 'buzzer', times: 2 }], findProfile('rongta-rp80')).commands).toEqual([
      { kind: 'buzzer', n: 2, t: 4 },
    ])
  })
})

describe('density and speed', () => {
  it.each([
    [70, 250],
    [95, 255],
    [100, 0],
    [105, 1],
    [112, 2],
    [140, 8],
  ])('of %i per cent is %i, and is put back at the end', (percent, m) => {
    expect(asked([{ kind: 'density', percent }, text('a')], epsonTmL90).commands).toEqual([
      { kind: 'printDensity', m },
      { kind: 'printDensity', m: 0 },
    ])
  })

  it('take the fastest speed that there is', () => {
    const { commands, codes } = asked([{ kind: 'speed', level: 11 }, text('a')], epsonTmL90)
    expect(commands).toEqual([
      { kind: 'printSpeed', m: 9 },
      { kind: 'printSpeed', m: 0 },
    ])
    expect(codes).toEqual(['SPEED_CHANGED nodes[0]'])
  })

  it('are reported where the profile does not know them', () => {
    const nodes: ReceiptNode[] = [
      { kind: 'density', percent: 120 },
      { kind: 'speed', level: 1 },
      text('a'),
    ]
    const plain = compile({ nodes: [text('a')] }, { profile: generic58 })
    expect(compile({ nodes }, { profile: generic58 }).bytes).toEqual(plain.bytes)
    expect(asked(nodes, generic58).codes).toEqual([
      'DENSITY_UNSUPPORTED nodes[0]',
      'SPEED_UNSUPPORTED nodes[1]',
    ])
  })

  it('cannot be in a picture', () => {
    const nodes: ReceiptNode[] = [{ kind: 'box', nodes: [{ kind: 'density', percent: 120 }] }]
    expect(() => compile({ nodes }, { profile: epsonTmL90 })).toThrow(
      expect.objectContaining({ code: 'CELL_HOLDS_ACTION' }),
    )
  })
})

describe('bytes of the caller', () => {
  const bytes = Uint8Array.of(0x1b, 0x42, 2, 3)
  const nodes = [text('a'), group([raw(bytes)]), text('b')]

  it('are sent at their place, with allowRaw', () => {
    const compiled = compile({ nodes }, { profile: generic58, allowRaw: true })
    const kinds = decodeAll(compiled.bytes).map(({ command }) => command)
    const at = kinds.findIndex(({ kind }) => kind === 'buzzer')
    expect(kinds[at]).toEqual({ kind: 'buzzer', n: 2, t: 3 })
    expect(kinds[at + 1]).toMatchObject({ kind: 'text', bytes: Uint8Array.of(0x62) })
  })

  it('are refused without it, with the path', () => {
    expect(() => compile({ nodes }, { profile: generic58 })).toThrow(
      expect.objectContaining({ code: 'RAW_NOT_ALLOWED', path: 'nodes[1].nodes[0]' }),
    )
  })

  const made = raw(bytes)
  const forged = { kind: 'raw', bytes }
  it.each<[string, () => unknown]>([
    ['JSON', () => JSON.parse(JSON.stringify({ nodes: [made] }))],
    ['an object like it', () => ({ nodes: [forged] })],
    ['a copy for another thread', () => structuredClone({ nodes: [{ ...forged }] })],
    ['what parseReceipt returns', () => parseReceipt({ nodes: [made] })],
    ['YAML', () => parse('nodes: [{ kind: raw, bytes: !!binary G0ICAw== }]')],
    [
      'a template',
      () => bind({ nodes: [{ kind: 'raw', bytes: '{{ b }}' }] } as never, { b: bytes }),
    ],
    ['nodes from data', () => bindValue({ nodes: '{{ nodes }}' }, { nodes: [made] })],
    ['JSX', () => jsx('receipt', { children: jsx('raw' as never, { bytes }) })],
  ])('never come from %s', (_, receipt) => {
    expect(() => compileJson(receipt(), { profile: generic58, allowRaw: true })).toThrow()
  })

  it('are in no schema, and must be bytes', () => {
    expect(JSON.stringify(receiptJsonSchema())).not.toContain('"raw"')
    expect(() => raw([27, 66] as never)).toThrow(expect.objectContaining({ code: 'RAW_INVALID' }))
  })

  it('do not change with the array that they came in', () => {
    const own = bytes.slice()
    const node = raw(own)
    own.fill(0)
    expect(node.bytes).toEqual(bytes)
  })
})
