import { connect } from 'node:net'
import { decode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  papersByCut,
  paperToPng,
  paperToText,
  startVirtualPrinter,
  type VirtualPrinterServer,
} from '../../src/entries/emulator.js'
import { concatPapers } from '../../src/paper/algebra.js'
import { bytes, print, profile80 } from './helpers.js'

let printer: VirtualPrinterServer
beforeEach(async () => {
  printer = await startVirtualPrinter({ profile: profile80 })
})
afterEach(() => printer.close())

async function send(source: string) {
  const job = printer.nextJob()
  connect(printer.port, '127.0.0.1').end(bytes(source))
  return job
}

const qr = (data: string) => `1D 28 6B 05 00 31 50 30 '${data}' 1D 28 6B 03 00 31 51 30`

describe('a running printer, and its jobs', () => {
  it('say what was printed', async () => {
    expect([printer.text, printer.symbols]).toEqual(['', []])
    const first = await send(`'one' 0A ${qr('ab')}`)
    const second = await send(`'two' 0A ${qr('cd')}`)
    expect([first.text, second.text, printer.text]).toEqual(['one', 'two', 'one\ntwo'])
    expect(first.symbols).toMatchObject([{ kind: 'qr', data: 'ab', y: 30 }])
    expect(printer.symbols.map(({ data }) => data)).toEqual(['ab', 'cd'])
    const { width, height } = decode(printer.png)
    const heights = [first, second].map(({ png }) => decode(png).height)
    expect([width, height]).toEqual([576, (heights[0] ?? 0) + (heights[1] ?? 0)])
  })

  it('go on below what was printed before the power was off', async () => {
    await send(`1B 45 01 'one' 0A ${qr('ab')}`)
    printer.powerCut()
    await send(`'two' 0A ${qr('cd')}`)
    expect(printer.papers.length).toBe(2)
    expect(printer.text).toBe('one\ntwo')
    const [above = 0] = printer.papers.map(({ heightDots }) => heightDots)
    expect(printer.symbols.map(({ y }) => y)).toEqual([30, above + 30])
  })
})

describe('concatPapers', () => {
  const one = print(`'a' 0A 1D 76 30 00 01 00 01 00 81 ${qr('ab')} 1D 56 42 00`)
  const two = print(`'bc' 0A 1B 70 00 19 19 1B 01`)

  it('puts one below the other, with its log', () => {
    const paper = concatPapers([one, two])
    expect(paper.heightDots).toBe(one.heightDots + two.heightDots)
    expect([...paper.bitmap.data]).toEqual([...one.bitmap.data, ...two.bitmap.data])
    expect(paper.glyphs.map(({ text, y }) => [text, y])).toEqual([
      ['a', 0],
      ['b', one.heightDots],
      ['c', one.heightDots],
    ])
    expect(paper.lines.at(-1)).toMatchObject({ y: one.heightDots, from: 1, to: 3 })
    expect([paper.cuts, paper.pulses.length, paper.unknown.length]).toEqual([one.cuts, 1, 1])
  })

  it('is undone by the cuts', () => {
    const [first, second] = papersByCut(concatPapers([one, two]))
    expect(first?.symbols).toEqual(one.symbols)
    expect(second?.glyphs.map(({ text }) => text)).toEqual(['b', 'c'])
  })

  it('of nothing is an empty paper', () => {
    expect(decode(paperToPng(concatPapers([]))).height).toBe(1)
    expect(concatPapers([one])).toBe(one)
  })
})

it('text is read from the left, in whatever order it was printed', () => {
  expect(paperToText(print("1B 24 60 00 'b' 1B 24 00 00 'a' 0A"))).toBe('a       b')
})
