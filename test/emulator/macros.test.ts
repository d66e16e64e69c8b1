import { describe, expect, it } from 'vitest'
import { type Paper, VirtualPrinter } from '../../src/entries/emulator.js'
import { bytes, places, print, profile80 } from './helpers.js'

const text = (paper: Paper) => paper.glyphs.map((glyph) => glyph.text).join('')
const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)

describe('macros', () => {
  const define = (source: string) => `1D 3A ${source} 1D 3A`

  it('print while they are defined, and as often as GS ^ says', () => {
    const paper = print(`${define("'ab' 0A 1B 45 01")} 'c' 0A 1D 5E 02 05 00 'd' 0A`)
    expect(places(paper)).toEqual([
      'a@0,0',
      'b@12,0',
      'c@0,30',
      'a@0,60',
      'b@12,60',
      'a@0,90',
      'b@12,90',
      'd@0,120',
    ])
    expect(paper.glyphs.map(({ style }) => style.bold)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ])
    // What a macro prints comes from the command that runs it.
    expect(paper.glyphs.slice(3).map(({ offset }) => offset)).toEqual([12, 12, 12, 12, 17])
  })

  it('outlive ESC @, which they may hold, and are gone after two GS :', () => {
    const kept = define("1B 45 01 'a' 1B 40 'b' 0A")
    expect(text(print(`${kept} 1B 40 1D 5E 01 00 00`))).toBe('bb')
    const gone = print(`${define("'a' 0A")} 1D 3A 1D 3A 1D 5E 01 00 00`)
    expect([text(gone), noteCodes(gone)]).toEqual(['a', ['MACRO_MISSING']])
  })

  it('hold pictures, symbols and pieces of text', () => {
    const raster = '1D 76 30 00 01 00 02 00 3A 5E'
    const paper = print(`${define(`D6 D0 0A ${raster}`)} 1D 5E 01 00 00`)
    expect(text(paper)).toBe('中中')
    expect(paper.images.map(({ y }) => y)).toEqual([30, 62])
  })

  it('are dropped by GS ^ in their middle, and so never run themselves', () => {
    const paper = print("1D 3A 'a' 0A 1D 5E 02 00 00 'b' 0A 1D 3A 'c' 0A 1D 3A 1D 5E 01 00 00")
    expect(text(paper)).toBe('abcc')
    expect(noteCodes(paper)).toEqual(['MACRO_DROPPED'])
  })

  it('store 2048 bytes and no more', () => {
    const paper = print(`${define(`${"'x' 0A ".repeat(1023)} 'y' 0A 'z' 0A`)} 1D 5E 01 00 00`)
    const [first, second] = [text(paper).slice(0, 1025), text(paper).slice(1025)]
    expect(first.slice(-3)).toBe('xyz')
    expect([second.length, second.slice(-2)]).toEqual([1024, 'xy'])
  })

  it('wait for the feed button where m says so', () => {
    const paper = print(`${define("'a' 0A")} 1D 5E 01 00 01`)
    expect([text(paper), noteCodes(paper)]).toEqual(['aa', ['MACRO_WAITS']])
  })

  it('run some megabytes, and then no more', () => {
    const long = define(`${'1B 45 01 '.repeat(682)}`)
    const paper = print(`${long} ${'1D 5E FF 00 00 '.repeat(40)}`)
    expect(new Set(noteCodes(paper))).toEqual(new Set(['MACRO_STOPPED']))
  })

  it('are the same wherever the stream is cut', () => {
    const stream = bytes(`${define("'a' D6 D0 0A 1B 61 01")} 'b' 0A 1D 5E 02 00 00 'c' 0A`)
    const expected = places(print(stream))
    for (let at = 1; at < stream.length; at++) {
      const printer = new VirtualPrinter({ profile: profile80 })
      printer.write(stream.subarray(0, at))
      printer.write(stream.subarray(at))
      expect(places(printer.end())).toEqual(expected)
    }
  })
})

describe('counters', () => {
  const count = (source: string) => text(print(`${source} 0A`))
  const show = (times: number) => "1D 63 ';'".repeat(times)

  it('count from 1 in steps of 1', () => {
    expect(count(show(3))).toBe('1;2;3;')
  })

  it('count up and down in a range, and begin again', () => {
    expect(count(`1D 43 31 05 00 09 00 02 01 1D 43 32 05 00 ${show(4)}`)).toBe('5;7;9;5;')
    expect(count(`1D 43 31 32 00 00 00 05 02 1D 43 32 32 00 ${show(5)}`)).toBe('50;50;45;45;40;')
    expect(count(`1D 43 31 03 00 01 00 01 01 1D 43 32 03 00 ${show(4)}`)).toBe('3;2;1;3;')
  })

  it('come back into the range at the next print, and stand still where the range says so', () => {
    expect(count(`1D 43 31 05 00 09 00 01 01 1D 43 32 64 00 ${show(2)}`)).toBe('5;6;')
    expect(count(`1D 43 31 09 00 05 00 01 01 1D 43 32 64 00 ${show(2)}`)).toBe('9;8;')
    expect(count(`1D 43 31 05 00 05 00 01 01 1D 43 32 07 00 ${show(2)}`)).toBe('7;7;')
    expect(count(`1D 43 31 05 00 09 00 00 01 1D 43 32 07 00 ${show(2)}`)).toBe('7;7;')
  })

  it('take a width, with blanks or zeros', () => {
    const value = '1D 43 32 2A 00'
    expect(places(print(`${value} 1D 43 30 04 00 1D 63 0A`))).toEqual(['4@24,0', '2@36,0'])
    expect(count(`${value} 1D 43 30 04 01 ${show(1)}`)).toBe('0042;')
    expect(places(print(`${value} 1D 43 30 04 02 1D 63 'x' 0A`))).toEqual([
      '4@0,0',
      '2@12,0',
      'x@48,0',
    ])
    expect(count(`1D 43 32 39 30 1D 43 30 02 31 ${show(1)}`)).toBe('45;')
  })

  it('are set by text too, of which parts may be left out', () => {
    expect(count(`1D 43 3B '10;30;10;1;20;' ${show(3)}`)).toBe('20;30;10;')
    expect(count(`1D 43 3B ';;5;;7;' ${show(2)}`)).toBe('7;12;')
  })

  it('go on in a macro, and start again at ESC @', () => {
    expect(count(`1D 3A 1D 63 0A 1D 3A 1D 5E 02 00 00`)).toBe('123')
    expect(count(`${show(2)} 0A 1B 40 ${show(1)}`)).toBe('1;2;1;')
  })
})
