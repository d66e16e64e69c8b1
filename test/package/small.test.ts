/** `xiaopiao/small` and `xiaopiao/small-gbk`: other modules of the same sources, held to the bytes of the whole. */

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile as compileWhole } from '../../src/compile.js'
import type { Receipt } from '../../src/elements/nodes.js'
import type * as Small from '../../src/entries/small.js'
import { markPlainBreaks } from '../../src/layout/plain-breaks.js'
import type { Profile } from '../../src/model/profile.js'
import { findProfile, generic58, generic80, profiles } from '../../src/profiles/index.js'
import { ensureBuilt, root } from '../built.js'
import { anyReceipt } from '../laws/arbitraries.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'

let small: typeof Small
let smallGbk: typeof Small

beforeAll(async () => {
  await ensureBuilt()
  small = await import(/* @vite-ignore */ `${root}dist/small.js`)
  smallGbk = await import(/* @vite-ignore */ `${root}dist/small-gbk.js`)
})

const KINDS = ['text', 'columns', 'field', 'rule', 'feed', 'cut', 'drawer']

/** Without the nodes that are not of the small builds, in cells neither. */
function plainOf(receipt: Receipt): Receipt {
  const holdsNodes = (node: object) => JSON.stringify(node).includes('"nodes"')
  const nodes = receipt.nodes.filter((node) => KINDS.includes(node.kind) && !holdsNodes(node))
  return { ...receipt, nodes }
}

/** Whether the table of plain breaks has all signs of the text; other signs break lines as letters do. */
function hasPlainBreaks(receipt: Receipt): boolean {
  const text = JSON.stringify(receipt).replace(/\\[nt]/g, '')
  return markPlainBreaks(text.replace(/["\\]/g, ''), new Uint8Array(text.length + 1))
}

/** How a call ended: its bytes, or the error's code and path. */
function endOf(compile: typeof compileWhole, receipt: Receipt, profile: Profile) {
  try {
    const { bytes, diagnostics } = compile(receipt, { profile })
    return { bytes: Buffer.from(bytes).toString('hex'), codes: diagnostics.map(({ code }) => code) }
  } catch (error) {
    const { code, path } = error as { readonly code: string; readonly path: string }
    return { code, path }
  }
}

const ofZones = (...zones: string[]) => profiles.filter(({ charset }) => zones.includes(charset))
const builds = [
  ['small', () => small.compile, ofZones('none')],
  ['small-gbk', () => smallGbk.compile, ofZones('none', 'gb2312', 'gbk')],
] as const

describe.each(builds)('%s', (_name, compile, printers) => {
  it('gives the bytes of the whole, if nothing is drawn', { timeout: lawTimeoutMs }, () => {
    let same = 0
    fc.assert(
      fc.property(anyReceipt, fc.constantFrom(...printers), (receipt, profile) => {
        const plain = plainOf(receipt)
        const whole = endOf(compileWhole, plain, profile)
        if (!hasPlainBreaks(plain)) return
        if (whole.codes?.some((code) => /DRAWN|DOTS/.test(code)) === true) return
        const ours = endOf(compile(), plain, profile)
        // A line of dots, on a printer that cannot say a style.
        if (ours.code === 'NOT_IN_SMALL') return
        expect(ours).toEqual(whole)
        same++
      }),
      { numRuns, seed },
    )
    expect(same).toBeGreaterThan(numRuns / 10)
  })
})

describe('what is left out is named', () => {
  const slip = { nodes: [{ kind: 'text', text: 'Total 12.50' }] } as const

  it('a zone, and a code page that no profile of ours names', () => {
    expect(endOf(small.compile, slip, generic58)).toEqual({ code: 'NOT_IN_SMALL', path: 'profile' })
    const big5 = findProfile('epson-tm-t70ii-tw')
    expect(endOf(smallGbk.compile, slip, big5)).toEqual({ code: 'NOT_IN_SMALL', path: 'profile' })
    const thai = { ...generic80, codePages: [{ number: 20, encoding: 'thai42' }] }
    expect(endOf(smallGbk.compile, slip, thai)).toEqual({ code: 'NOT_IN_SMALL', path: 'profile' })
  })

  it('a node', () => {
    const nodes = [{ kind: 'qr', data: 'a' }] as const
    expect(endOf(smallGbk.compile, { nodes }, generic80)).toEqual({
      code: 'RECEIPT_INVALID',
      path: 'nodes[0].kind',
    })
  })

  it('labels, with the import that prints them', () => {
    const labels = { page: { heightMm: 30 }, nodes: [] }
    const printed = () => smallGbk.compile(labels, { profile: generic80 })
    expect(printed).toThrow('this build prints no labels')
    expect(endOf(smallGbk.compile, labels, generic80)).toEqual({
      code: 'NOT_IN_SMALL',
      path: 'page',
    })
    expect(printed).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("from 'xiaopiao'") }),
    )
    const none = { page: undefined, nodes: [] } as unknown as Receipt
    expect(endOf(smallGbk.compile, none, generic80)).toEqual(endOf(compileWhole, none, generic80))
  })

  it('a faulty profile is told as by the whole', () => {
    const faulty = { ...generic80, charset: 'none', widthDots: -1 } as unknown as Profile
    expect(endOf(small.compile, slip, faulty)).toEqual(endOf(compileWhole, slip, faulty))
  })
})
