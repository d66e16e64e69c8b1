/** The paper of a device: drawn as it executes, at a speed, to the end of its roll, cut off and torn off. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { VirtualDeviceOptions } from '../../src/device/device.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { papersByCut, printBytes } from '../../src/entries/emulator.js'
import type { Paper } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { generic58 } from '../../src/profiles/generic-58.js'
import { bytes, profile80 } from './helpers.js'

/** Eight dots a millimetre, so that millimetres are rows. */
const profile: Profile = { ...profile80, dpi: 203.2, headToCutterDots: 80 }

function device(options: VirtualDeviceOptions = {}) {
  const virtual = virtualDevice({ profile, ...options })
  const heard: number[] = []
  const cuts: (number | undefined)[] = []
  virtual.listen({
    reply: (said) => heard.push(...said),
    printed: () => {},
    cut: (piece) => cuts.push(piece?.number),
  })
  const send = (source: string) => {
    const all = bytes(source)
    for (let at = 0; at < all.length; ) at += virtual.receive(all.subarray(at))
  }
  return { virtual, heard, cuts, send }
}

const hex = (heard: number[]) => Buffer.from(heard.splice(0)).toString('hex')
const glyphs = (paper: Paper | undefined) => paper?.glyphs.map(({ text }) => text).join('')
const raster = (rows: number) => `1D 76 30 00 01 00 ${hex16(rows)} ${'81 '.repeat(rows)}`
const hex16 = (n: number) =>
  `${(n & 255).toString(16).padStart(2, '0')} ${(n >> 8).toString(16).padStart(2, '0')}`
const cut = '1D 56 42 00'
const waited = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the paper', () => {
  const folder = new URL('../../fixtures/goldens/generic-58/', import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.bin'))

  it.each([
    ['drawn at once', true],
    ['drawn when it is asked for', false],
  ])('is that of the stream, and its pieces those of the cuts: %s', (_, watched) => {
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) {
      const stream = new Uint8Array(readFileSync(new URL(name, folder)))
      const virtual = virtualDevice({ profile: generic58 })
      if (watched) virtual.listen({ printed: () => {} })
      for (let at = 0; at < stream.length; at += 1460)
        virtual.receive(stream.subarray(at, at + 1460))
      const whole = printBytes(stream, generic58)
      const [paper] = virtual.papers
      expect(paper?.heightDots, name).toBe(whole.heightDots)
      expect(Buffer.compare(paper?.bitmap.data ?? new Uint8Array(0), whole.bitmap.data), name).toBe(
        0,
      )
      const { bitmap: _dots, notes: _notes, ...logged } = whole
      expect(paper, name).toMatchObject(logged)
      const pieces = papersByCut(whole)
      expect(virtual.pieces.map((piece) => piece.paper.heightDots)).toEqual(
        pieces.map(({ heightDots }) => heightDots),
      )
    }
  })

  it('has the heads of characters that are higher than their cells, and tells that their rows changed', () => {
    const small = { ...profile, hanzi: { widthDots: 16, heightDots: 16 }, lineSpacingDots: 16 }
    // More rows than the machine keeps, and cuts between.
    const stream = bytes(`1B 33 10 ${`${'C7 EC 0A '.repeat(60)} 1D 56 00 `.repeat(4)}`)
    const virtual = virtualDevice({ profile: small })
    const whole = printBytes(stream, small)
    const shown = new Uint8Array(whole.bitmap.data.length)
    virtual.listen({
      printed: (from, to) => {
        const first = Math.max(from, virtual.present.row)
        shown.set(virtual.rows(first, to), first * 72)
      },
    })
    virtual.receive(stream)
    const [paper] = virtual.papers
    expect(Buffer.compare(paper?.bitmap.data ?? shown, whole.bitmap.data)).toBe(0)
    expect(Buffer.compare(shown, whole.bitmap.data)).toBe(0)
  })

  it('is one piece for each cut, numbered over all power cuts', () => {
    const { virtual, cuts, send } = device()
    send(`'one' 0A ${cut} 'two' 0A ${cut} ${cut} 'three' 0A`)
    expect(virtual.cuts).toBe(3)
    expect(virtual.pieces.map(({ number, cut: mode }) => [number, mode])).toEqual([
      [1, 'partial'],
      [2, 'partial'],
      [3, 'partial'],
      [4, undefined],
    ])
    virtual.restart()
    send(`'four' 0A ${cut}`)
    expect(virtual.pieces.map(({ paper }) => glyphs(paper))).toEqual([
      'one',
      'two',
      '',
      'three',
      'four',
    ])
    expect(virtual.papers.map(glyphs)).toEqual(['onetwothree', 'four'])
    expect(cuts).toEqual([1, 2, 3, 5])
  })

  it('keeps the latest pieces', () => {
    const { virtual, send } = device({ keepPieces: 2 })
    send(`'one' 0A ${cut} 'two' 0A ${cut} 'three' 0A ${cut}`)
    expect(virtual.pieces.map(({ number, paper }) => [number, glyphs(paper)])).toEqual([
      [2, 'two'],
      [3, 'three'],
    ])
  })

  it('is torn off by hand, and by itself after five metres', () => {
    const { virtual, cuts, send } = device()
    send("'one' 0A")
    virtual.tear()
    virtual.tear()
    send("'two' 0A")
    expect(virtual.pieces.map(({ paper }) => glyphs(paper))).toEqual(['one', 'two'])
    for (let i = 0; i < 50; i++) send('1B 4A FF')
    expect(cuts).toEqual([1])
    for (let i = 0; i < 150; i++) send('1B 4A FF')
    expect(cuts).toEqual([1, 2])
    expect(virtual.pieces[1]?.paper.heightDots).toBeGreaterThan(40_000)
  })

  it('keeps the logos of the NV memory over a power cut', () => {
    const { virtual, send } = device()
    send('1D 28 4C 13 00 30 43 30 41 42 01 08 00 08 00 31 FF 81 81 81 81 81 81 FF')
    virtual.restart()
    send('1D 28 4C 06 00 30 45 41 42 01 01 0A')
    expect(virtual.papers[1]?.images.map(({ bitmap }) => bitmap.heightDots)).toEqual([8])
  })
})

it('counts rows that are fed back and out again once', () => {
  const { virtual, send } = device()
  send("1B 4A 50 1B 4B 28 1B 4A 50 'a' 0A")
  // 80 dots, 40 back, 80 and a line of 30; 8 dots are a mm.
  expect(virtual.printedMm).toBe((40 + 80 + 30) / 8)
})

describe('the end of the roll', () => {
  it('is to the dot, inside of a picture too, and the rest comes out on the new roll', () => {
    const { virtual, heard, send } = device({ paperLeftMm: 20, processIds: true })
    send(`'a' 0A ${raster(400)} 1D 28 48 06 00 30 30 '0001'`)
    expect(virtual.state.paper).toBe('end')
    expect(virtual.papers[0]?.heightDots).toBe(160)
    expect([virtual.printedMm, virtual.paperLeftMm, hex(heard)]).toEqual([20, 0, ''])
    send('10 04 04')
    expect(hex(heard)).toBe('72')
    virtual.set({ paper: 'ok' })
    expect(virtual.papers[0]?.heightDots).toBe(430)
    expect(hex(heard)).toBe('37223030303100')
    expect(virtual.paperLeftMm).toBe(Number.POSITIVE_INFINITY)
  })

  it('is told before it comes', () => {
    const { virtual, heard, send } = device({ paperLeftMm: 50, nearEndMm: 30 })
    send(`1D 61 08 ${raster(160)}`)
    expect([virtual.state.paper, hex(heard)]).toEqual(['near-end', '1000000f1000030f'])
    send(raster(239))
    expect(virtual.state.paper).toBe('near-end')
    send(`${raster(1)} 1D 72 01`)
    expect([virtual.state.paper, hex(heard)]).toEqual(['end', '18000c0f'])
    virtual.loadPaper(10)
    virtual.set({ paper: 'ok' })
  })

  it('what was cancelled there never comes out', () => {
    const { virtual, heard, send } = device({ paperLeftMm: 20 })
    send(`'a' 0A ${raster(400)} 'b' 0A 10 14 08 01 03 14 01 06 02 08`)
    expect(hex(heard)).toBe('372500')
    virtual.set({ paper: 'ok' })
    send("'c' 0A")
    const [paper] = virtual.papers
    expect(glyphs(paper)).toBe('ac')
    expect(paper?.heightDots).toBe(190)
    expect(paper?.lines.at(-1)?.y).toBe(160)
  })

  it('a new roll may have its own length', () => {
    const { virtual, send } = device()
    send(raster(80))
    virtual.loadPaper(5)
    expect(virtual.paperLeftMm).toBe(5)
    send(raster(80))
    expect([virtual.state.paper, virtual.printedMm]).toEqual(['end', 15])
  })
})

describe('the cutter', () => {
  it('that sticks does not cut, until DLE ENQ 1 lets it', () => {
    const { virtual, heard, send } = device()
    virtual.whenCut(2, 'before', () => virtual.set({ error: 'cutter' }))
    send(`'one' 0A ${cut} 'two' 0A ${cut} 'three' 0A 10 04 03`)
    expect([virtual.cuts, hex(heard)]).toEqual([1, '1a'])
    expect(virtual.papers[0]?.cuts.length).toBe(1)
    expect(glyphs(virtual.papers[0])).toBe('onetwo')
    send('10 05 01')
    expect([virtual.cuts, virtual.state.error, glyphs(virtual.papers[0])]).toEqual([
      2,
      'none',
      'onetwothree',
    ])
  })

  it('that stuck does not cut what DLE ENQ 2 has cleared', () => {
    const { virtual, send } = device()
    virtual.whenCut(1, 'before', () => virtual.set({ error: 'cutter' }))
    send(`'one' 0A ${cut} 'two' 0A 10 05 02 'three' 0A`)
    expect([virtual.cuts, glyphs(virtual.papers[0])]).toEqual([0, 'onethree'])
  })
})

describe('the speed', () => {
  it('is kept, holds the host back, and answers in order wait for it', async () => {
    const { virtual, heard } = device({
      speedMmPerSecond: 2000,
      receiveBufferBytes: 500,
      processIds: true,
    })
    const started = performance.now()
    const stream = bytes(`${raster(400)} ${'0A '.repeat(700)} 1D 28 48 06 00 30 30 '0001'`)
    let taken = 0
    while (taken < stream.length) {
      const count = virtual.receive(stream.subarray(taken))
      taken += count
      if (count === 0) {
        expect(virtual.room).toBe(0)
        await waited(5)
      }
    }
    // A picture of 50 mm, and lines of 3.75 mm, of which at most 500 can wait in the buffer.
    expect(virtual.printing).toBe(true)
    expect(hex(heard)).toBe('')
    const mm = virtual.printedMm
    expect(mm).toBeGreaterThan(0)
    // It cannot be faster than its motor.
    expect(mm).toBeLessThanOrEqual(((performance.now() - started) / 1000) * 2000)
    virtual.set({ cover: 'open' })
    const stopped = virtual.printedMm
    await waited(60)
    expect(virtual.printedMm).toBe(stopped)
    virtual.stop()
  })

  it('comes to an end', async () => {
    const { virtual, heard, send } = device({ speedMmPerSecond: 400, processIds: true })
    const rested = new Promise<void>((resolve) =>
      virtual.listen({ reply: (said) => heard.push(...said), rested: resolve }),
    )
    send(`${raster(400)} ${cut} 1D 28 48 06 00 30 30 '0001'`)
    expect([virtual.printing, hex(heard)]).toEqual([true, ''])
    await rested
    expect([virtual.printedMm, virtual.cuts, hex(heard)]).toEqual([60, 1, '37223030303100'])
  })
})
