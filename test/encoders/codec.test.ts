import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Decoded,
  Decoder,
  decodeAll,
  encodeCommand,
  encodeCommands,
  maxTextBytes,
} from '../../src/encoders/escpos/codec.js'
import type { Command } from '../../src/encoders/escpos/commands/index.js'
import { XiaopiaoError } from '../../src/model/errors.js'
import { anyCommand, anyProgram, commandLikeBytes } from './arbitrary.js'
import { fromHex } from './spec-lines.js'

const runs = { seed: 1, numRuns: 1500 }

function commandsOf(hex: string): Command[] {
  return decodeAll(fromHex(hex)).map((d) => d.command)
}

function unknown(hex: string, reason: string): Command {
  return { kind: 'unknown', bytes: fromHex(hex), reason }
}

function text(ascii: string): Command {
  return { kind: 'text', bytes: Uint8Array.from(ascii, (c) => c.charCodeAt(0)) }
}

function decodeInPieces(bytes: Uint8Array, cuts: readonly number[]): Decoded[] {
  const decoder = new Decoder()
  const edges = [...cuts, bytes.length].map((c) => Math.min(c, bytes.length)).sort((a, b) => a - b)
  let from = 0
  const decoded: Decoded[] = []
  for (const to of edges) {
    decoded.push(...decoder.write(bytes.slice(from, to)))
    from = to
  }
  return [...decoded, ...decoder.end()]
}

describe('laws', () => {
  it('decode(encode(c)) = c', () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(decodeAll(encodeCommand(command)).map((d) => d.command)).toEqual([command])
      }),
      { seed: 1, numRuns: 4000 },
    )
  })

  it('holds for programs', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(decodeAll(encodeCommands(program)).map((d) => d.command)).toEqual(program)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('encode(decode(b)) = b, and the commands cover the bytes without a gap', () => {
    fc.assert(
      fc.property(commandLikeBytes, (bytes) => {
        const decoded = decodeAll(bytes)
        expect(encodeCommands(decoded.map((d) => d.command))).toEqual(bytes)
        let next = 0
        for (const { offset, length } of decoded) {
          expect(offset).toBe(next)
          expect(length).toBeGreaterThan(0)
          next = offset + length
        }
        expect(next).toBe(bytes.length)
      }),
      runs,
    )
  })

  it('does not depend on how the stream is cut', () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 12 })
    fc.assert(
      fc.property(commandLikeBytes, cuts, (bytes, at) => {
        const whole = decodeAll(bytes)
        expect(decodeInPieces(bytes, at)).toEqual(whole)
        expect(
          decodeInPieces(
            bytes,
            Array.from(bytes, (_, i) => i),
          ),
        ).toEqual(whole)
      }),
      runs,
    )
  })

  it('copies: neither the chunk nor the commands change each other', () => {
    const chunk = fromHex('41 42 1B 40')
    const decoder = new Decoder()
    const decoded = decoder.write(chunk)
    chunk.fill(0)
    expect(decoded[0]?.command).toEqual(text('AB'))
  })
})

describe('text', () => {
  it('is one run up to the next control byte', () => {
    expect(commandsOf('41 D6 D0 FF 7F 0A 42')).toEqual([
      { kind: 'text', bytes: fromHex('41 D6 D0 FF 7F') },
      { kind: 'lineFeed' },
      text('B'),
    ])
  })

  it('waits for the control byte before it is given', () => {
    const decoder = new Decoder()
    expect(decoder.write(fromHex('41'))).toEqual([])
    expect(decoder.write(fromHex('42'))).toEqual([])
    expect(decoder.write(fromHex('0A')).map((d) => d.command)).toEqual([
      text('AB'),
      { kind: 'lineFeed' },
    ])
  })

  it('is cut at the same places however it comes', () => {
    const bytes = new Uint8Array(maxTextBytes * 2 + 10).fill(0x41)
    const whole = decodeAll(bytes)
    expect(whole.map((d) => d.length)).toEqual([maxTextBytes, maxTextBytes, 10])
    expect(decodeInPieces(bytes, [1, 500, maxTextBytes, maxTextBytes + 1])).toEqual(whole)
  })
})

describe('what the table does not know', () => {
  it('takes the byte after ESC, FS and GS with it, and goes on', () => {
    expect(commandsOf('1B 01 1B 40')).toEqual([
      unknown('1B 01', 'unknown command ESC 0x01'),
      { kind: 'initialize' },
    ])
    expect(commandsOf('1D 23 41')).toEqual([unknown('1D 23', 'unknown command GS #'), text('A')])
  })

  it('takes the bytes up to the parameter that makes no command', () => {
    expect(commandsOf('1D 56 02 41')).toEqual([
      unknown('1D 56 02', 'unknown command GS V 0x02'),
      text('A'),
    ])
  })

  it('does not swallow an ESC that follows an ESC', () => {
    expect(commandsOf('1B 1B 40')).toEqual([
      unknown('1B', 'unknown command ESC'),
      { kind: 'initialize' },
    ])
  })

  it('keeps a lone control byte by itself', () => {
    expect(commandsOf('10 41 02')).toEqual([
      unknown('10', 'unknown command DLE'),
      text('A'),
      unknown('02', 'unknown command 0x02'),
    ])
  })

  it('keeps functions of a group by their length', () => {
    expect(commandsOf('1D 28 6B 03 00 31 60 30 0A')).toEqual([
      { kind: 'gsGroup', letter: 0x6b, data: fromHex('31 60 30') },
      { kind: 'lineFeed' },
    ])
  })

  it('keeps a function whose fields do not fill its length: QR model with length 3', () => {
    expect(commandsOf('1D 28 6B 03 00 31 41 32 00')).toEqual([
      { kind: 'gsGroup', letter: 0x6b, data: fromHex('31 41 32') },
      { kind: 'nul' },
    ])
  })

  it('tells the two uses of GS ( E fn 6 apart by their length', () => {
    expect(commandsOf('1D 28 45 02 00 06 03 1D 28 45 03 00 06 03 01')).toEqual([
      { kind: 'settingRead', a: 3 },
      { kind: 'sunmiCharacterSet', a: 3, n: 1 },
    ])
  })

  it('reads fixed lengths even where a torn command eats what follows', () => {
    expect(commandsOf('1B 70 1B 40 41')).toEqual([
      { kind: 'drawerPulse', m: 0x1b, t1: 0x40, t2: 0x41 },
    ])
  })
})

describe('an unfinished command at the end', () => {
  it.each([
    ['1B', 'unfinished command ESC: at least 1 more byte expected'],
    ['1B 24 01', 'unfinished command ESC $: at least 1 more byte expected'],
    ['1D 76 30 00 02 00 03 00 FF', 'unfinished command GS v 0: at least 5 more bytes expected'],
    ['1D 28 6B 0F 00 31 50', 'unfinished command GS ( k: at least 13 more bytes expected'],
    ['1D 38 4C 00 00 01 00 30', 'unfinished command GS 8 L: at least 65535 more bytes expected'],
    ['1B 44 08 10', 'unfinished command ESC D: at least 1 more byte expected'],
    ['10 04', 'unfinished command DLE EOT: at least 1 more byte expected'],
  ])('%s', (hex, reason) => {
    expect(commandsOf(hex)).toEqual([unknown(hex, reason)])
    const decoder = new Decoder()
    expect(decoder.write(fromHex(hex))).toEqual([])
    expect(decoder.end().map((d) => d.command)).toEqual([unknown(hex, reason)])
  })
})

describe('offsets', () => {
  it('count from the start of the stream, over chunks', () => {
    const decoder = new Decoder()
    const first = decoder.write(fromHex('1B 40 1B'))
    const second = decoder.write(fromHex('61 01 0A'))
    expect([...first, ...second].map(({ offset, length }) => [offset, length])).toEqual([
      [0, 2],
      [2, 3],
      [5, 1],
    ])
  })
})

describe('encoding', () => {
  function errorOf(command: Command): XiaopiaoError {
    try {
      encodeCommands([{ kind: 'lineFeed' }, command])
    } catch (error) {
      if (error instanceof XiaopiaoError) return error
    }
    throw new Error('nothing was thrown')
  }

  it('refuses what does not fit, and says where', () => {
    expect(errorOf({ kind: 'align', n: 256 })).toMatchObject({
      code: 'COMMAND_INVALID',
      path: 'commands[1].n',
    })
    expect(errorOf({ kind: 'moveTo', x: -1 }).path).toBe('commands[1].x')
    expect(errorOf({ kind: 'moveBy', dx: 40000 }).path).toBe('commands[1].dx')
    expect(errorOf({ kind: 'align', n: 0.5 }).path).toBe('commands[1].n')
    expect(errorOf({ kind: 'cut', m: 7 as 0 }).path).toBe('commands[1].m')
    const marks = fromHex('3B 3B 3B 3B 3B')
    expect(errorOf({ kind: 'counterRangeText', data: marks.subarray(1) }).path).toBe(
      'commands[1].data',
    )
    expect(errorOf({ kind: 'counterRangeText', data: Uint8Array.of(...marks, 0x31) }).path).toBe(
      'commands[1].data',
    )
    expect(errorOf({ kind: 'barcodeA', m: 4, data: fromHex('41 2A 42') }).path).toBe(
      'commands[1].data',
    )
    expect(errorOf({ kind: 'setTabs', stops: fromHex('08 00') }).path).toBe('commands[1].stops')
    expect(errorOf({ kind: 'barcodeB', m: 73, data: new Uint8Array(256) }).path).toBe(
      'commands[1].data',
    )
  })

  it('refuses image data of another size than the header says', () => {
    const data = new Uint8Array(5)
    expect(errorOf({ kind: 'raster', m: 0, bytesPerRow: 2, rows: 3, data }).message).toContain(
      'must be 6 bytes, is 5 bytes',
    )
  })

  it('refuses a group that its length cannot say, instead of cutting the length', () => {
    const data = new Uint8Array(65533)
    expect(errorOf({ kind: 'qrStore', m: 48, data }).message).toContain('65536 bytes long')
    expect(encodeCommand({ kind: 'qrStore', m: 48, data: data.subarray(1) }).length).toBe(65540)
  })

  it('counts bytes of a QR code, not characters', () => {
    const data = new Uint8Array(300).fill(0xe5)
    expect(encodeCommand({ kind: 'qrStore', m: 48, data }).subarray(0, 8)).toEqual(
      fromHex('1D 28 6B 2F 01 31 50 30'),
    )
  })
})

describe('speed', () => {
  it('a large raster in small chunks is not parsed again and again', () => {
    const rows = 8000
    const data = new Uint8Array(rows * 72)
    const bytes = encodeCommand({ kind: 'raster', m: 0, bytesPerRow: 72, rows, data })
    const decoder = new Decoder()
    const decoded: Decoded[] = []
    const start = performance.now()
    for (let i = 0; i < bytes.length; i += 8)
      decoded.push(...decoder.write(bytes.subarray(i, i + 8)))
    expect(decoded.map((d) => d.length)).toEqual([bytes.length])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('a long text byte by byte is not scanned again and again', () => {
    const decoder = new Decoder()
    const byte = fromHex('41')
    const start = performance.now()
    let runs = 0
    for (let i = 0; i < 4 * maxTextBytes; i++) runs += decoder.write(byte).length
    expect(runs).toBe(4)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})
