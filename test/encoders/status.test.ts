import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBlock, type StatusEvent, StatusParser } from '../../src/encoders/escpos/status.js'
import {
  encodeAsb,
  encodeRealtimeStatus,
  encodeRequestedStatus,
  factsOfAsb,
  factsOfRealtimeStatus,
  factsOfRequestedStatus,
} from '../../src/encoders/escpos/status-facts.js'
import { fromHex } from './spec-lines.js'

function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (b) => b.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

/** An event as a short line, so that vectors read like the tables they come from. */
function lineOf(event: StatusEvent): string {
  switch (event.kind) {
    case 'asb':
      return `asb ${hexOf(event.bytes)}`
    case 'torn':
      return `torn ${event.what} ${hexOf(event.bytes)}`
    case 'block':
      return `block ${hexOf([event.header, ...event.payload])}`
    case 'flow':
      return event.signal
    default:
      return `${event.kind} ${hexOf([event.byte])}`
  }
}

function linesOf(hex: string, flowControl = false): string[] {
  return new StatusParser({ flowControl }).write(fromHex(hex)).map(lineOf)
}

describe('vectors', () => {
  it.each<[hex: string, flowControl: boolean, lines: string[]]>([
    [
      '12 14 00 00 0F 14 00 00 0F 1C 00 0C 0F',
      false,
      ['realtime 12', 'asb 14 00 00 0F', 'asb 14 00 00 0F', 'asb 1C 00 0C 0F'],
    ],
    [
      '14 00 12 00 00 0F',
      false,
      ['torn asb 14 00', 'realtime 12', 'single 00', 'single 00', 'single 0F'],
    ],
    ['37 22 30 31 30 31 00 12', false, ['block 37 22 30 31 30 31', 'realtime 12']],
    ['37 22 30 13 31 30 11 31 00', true, ['xoff', 'xon', 'block 37 22 30 31 30 31']],
    [
      '5F 43 48 49 4E 41 20 47 42 31 38 30 33 30 00',
      false,
      ['block 5F 43 48 49 4E 41 20 47 42 31 38 30 33 30'],
    ],
    ['37 23 40 41 00 1C 00 0C 0F', false, ['block 37 23 40 41', 'asb 1C 00 0C 0F']],
    ['37 25 00', false, ['block 37 25']],
    ['3B 30 00', false, ['block 3B 30']],
    ['13 12 11 16', true, ['xoff', 'realtime 12', 'xon', 'realtime 16']],
    ['06 12', false, ['single 06', 'realtime 12']],
    ['15 12 14 00 00 0F', false, ['unknownHeader 15', 'realtime 12', 'asb 14 00 00 0F']],
    ['80 FF 12', false, ['noise 80', 'noise FF', 'realtime 12']],
    ['37 22 30 12 14 00 00 0F', false, ['torn block 37 22 30', 'realtime 12', 'asb 14 00 00 0F']],
    ['37 36 32 31 1F 32 31 1F 31 1F 30 00', false, ['block 37 36 32 31 1F 32 31 1F 31 1F 30']],
  ])('%s', (hex, flowControl, lines) => {
    expect(linesOf(hex, flowControl)).toEqual(lines)
  })
})

describe('traps', () => {
  it('37 and 5F are headers, not XON', () => {
    expect(linesOf('37 25 00 5F 45 00', true)).toEqual(['block 37 25', 'block 5F 45'])
  })

  it('sees paper out after a single byte has shifted the groups of four', () => {
    const events = new StatusParser().write(fromHex('12 14 00 00 0F 1C 00 0C 0F'))
    const last = events.at(-1)
    expect(last?.kind === 'asb' && factsOfAsb(last.bytes).paperEnd).toBe(true)
  })

  it('a failed NV image of one clone (15) and a printed one (06) leave what follows whole', () => {
    expect(linesOf('15 06 12')).toEqual(['unknownHeader 15', 'single 06', 'realtime 12'])
  })

  it('XON without flow control is noise and closes nothing it did not tear', () => {
    expect(linesOf('11 12 14 00 13 00 00 0F')).toEqual([
      'noise 11',
      'realtime 12',
      'torn asb 14 00',
      'noise 13',
      'single 00',
      'single 00',
      'single 0F',
    ])
  })

  it('a block without its NUL ends at 96 bytes', () => {
    const hex = `37 22 ${Array(120).fill('41').join(' ')} 00`
    const [first, ...rest] = linesOf(hex)
    expect(first?.split(' ').length).toBe(2 + 96)
    expect(rest[0]).toBe('single 41')
  })

  it('silence tears an open block or ASB', () => {
    const parser = new StatusParser()
    expect(parser.write(fromHex('37 22 30'))).toEqual([])
    expect(parser.idle().map(lineOf)).toEqual(['torn block 37 22 30'])
    expect(parser.idle()).toEqual([])
    expect(parser.write(fromHex('12')).map(lineOf)).toEqual(['realtime 12'])
  })

  it('an answer goes to the oldest question of its sort, and to none where none was asked', () => {
    const parser = new StatusParser()
    parser.expect({ command: 'DLE EOT', n: 2 })
    parser.expect({ command: 'GS r', n: 1 })
    parser.expect({ command: 'DLE EOT', n: 4 })
    const queries = parser
      .write(fromHex('12 00 1E 12'))
      .map((e) => ('query' in e ? e.query : undefined))
    expect(queries).toEqual([
      { command: 'DLE EOT', n: 2 },
      { command: 'GS r', n: 1 },
      { command: 'DLE EOT', n: 4 },
      undefined,
    ])
    expect(parser.outstanding).toEqual([])
  })

  it('reset forgets questions and half answers', () => {
    const parser = new StatusParser()
    parser.expect({ command: 'DLE EOT', n: 1 })
    parser.write(fromHex('14 00'))
    parser.reset()
    expect(parser.outstanding).toEqual([])
    expect(parser.write(fromHex('00 00')).map(lineOf)).toEqual(['single 00', 'single 00'])
  })
})

describe('over all bytes', () => {
  it('the classes do not overlap and cover 256', () => {
    const count: Record<string, number> = {}
    for (let byte = 0; byte < 256; byte++) {
      const parser = new StatusParser()
      const [event] = [...parser.write(Uint8Array.of(byte)), ...parser.idle()]
      const kind = event?.kind === 'torn' ? event.what : (event?.kind ?? 'nothing')
      count[kind] = (count[kind] ?? 0) + 1
    }
    expect(count).toEqual({
      noise: 130,
      single: 64,
      asb: 16,
      realtime: 16,
      block: 5,
      unknownHeader: 25,
    })
  })

  it('no byte is lost, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, cut) => {
        const whole = new StatusParser()
        const cutUp = new StatusParser()
        const expected = [...whole.write(bytes), ...whole.idle()]
        const events = [
          ...cutUp.write(bytes.slice(0, cut)),
          ...cutUp.write(bytes.slice(cut)),
          ...cutUp.idle(),
        ]
        expect(events).toEqual(expected)
        const kept = expected.flatMap((e) => {
          if (e.kind === 'asb' || e.kind === 'torn') return [...e.bytes]
          if (e.kind === 'block') return [e.header, ...e.payload, 0]
          return e.kind === 'flow' ? [] : [e.byte]
        })
        expect(kept).toEqual([...bytes])
      }),
      { seed: 5, numRuns: 1000 },
    )
  })
})

describe('facts', () => {
  it('reads DLE EOT 1 to 4', () => {
    expect(factsOfRealtimeStatus(1, 0x16)).toEqual({
      drawerPinHigh: true,
      offline: false,
      waitingForRecovery: false,
      feedButton: false,
    })
    expect(factsOfRealtimeStatus(2, 0x36)).toEqual({
      coverOpen: true,
      feedingByButton: false,
      stoppedByPaperEnd: true,
      error: false,
    })
    expect(factsOfRealtimeStatus(3, 0x1a)).toEqual({
      recoverableError: false,
      cutterError: true,
      unrecoverableError: false,
      autoRecoverableError: false,
    })
    expect(factsOfRealtimeStatus(4, 0x1e)).toEqual({ paperNearEnd: true, paperEnd: false })
    expect(factsOfRealtimeStatus(4, 0x72)).toEqual({ paperNearEnd: false, paperEnd: true })
    expect(factsOfRealtimeStatus(4, 0x7e)).toEqual({ paperNearEnd: true, paperEnd: true })
    expect(factsOfRealtimeStatus(6, 0x7e)).toEqual({})
  })

  it('reads ASB', () => {
    expect(factsOfAsb(fromHex('1C 00 0C 0F'))).toMatchObject({
      drawerPinHigh: true,
      offline: true,
      coverOpen: false,
      cutterError: false,
      paperNearEnd: false,
      paperEnd: true,
    })
    expect(factsOfAsb(fromHex('38 28 03 00'))).toMatchObject({
      offline: true,
      coverOpen: true,
      cutterError: true,
      unrecoverableError: true,
      paperNearEnd: true,
    })
  })

  it('reads GS r', () => {
    expect(factsOfRequestedStatus(1, 0x03)).toEqual({ paperNearEnd: true, paperEnd: false })
    expect(factsOfRequestedStatus(49, 0x0c)).toEqual({ paperNearEnd: false, paperEnd: true })
    expect(factsOfRequestedStatus(50, 0x01)).toEqual({ drawerPinHigh: true })
  })

  it('writes what it reads', () => {
    expect(encodeRealtimeStatus(1, {})).toBe(0x12)
    expect(encodeRealtimeStatus(4, { paperNearEnd: true, paperEnd: true })).toBe(0x7e)
    expect(encodeRequestedStatus(1, { paperNearEnd: true })).toBe(0x03)
    expect(encodeAsb({ drawerPinHigh: true, offline: true, paperEnd: true })).toEqual(
      fromHex('1C 00 0C 0F'),
    )
    for (const bits of [0x04, 0x08, 0x20, 0x40]) {
      expect(encodeRealtimeStatus(2, factsOfRealtimeStatus(2, 0x12 | bits))).toBe(0x12 | bits)
      expect(encodeRealtimeStatus(3, factsOfRealtimeStatus(3, 0x12 | bits))).toBe(0x12 | bits)
    }
  })
})

describe('blocks', () => {
  it.each<[hex: string, answer: object]>([
    ['37 22 30 31 30 31', { kind: 'processId', id: '0101' }],
    ['37 23 40 41', { kind: 'offline', causes: fromHex('40 41') }],
    ['37 25', { kind: 'buffersCleared' }],
    ['3B 30', { kind: 'powerOff' }],
    ['37 30 33 39 33 32 31 36', { kind: 'nvCapacity', bytes: 393216 }],
    ['37 31 30', { kind: 'nvFree', bytes: 0 }],
    [
      '37 36 32 31 30 1F 32 31 31 1F 31 1F 30',
      { kind: 'symbolSize', width: 210, height: 211, printable: true },
    ],
    [
      '37 36 32 31 1F 32 31 1F 31 1F 31',
      { kind: 'symbolSize', width: 21, height: 21, printable: false },
    ],
    ['5F 45 50 53 4F 4E', { kind: 'information', text: 'EPSON' }],
    ['37 38 44 41', { kind: 'other', header: 0x37, payload: fromHex('38 44 41') }],
    ['37 30 41', { kind: 'other', header: 0x37, payload: fromHex('30 41') }],
    ['3B 31', { kind: 'other', header: 0x3b, payload: fromHex('31') }],
  ])('%s', (hex, answer) => {
    const [header = 0, ...payload] = fromHex(hex)
    expect(readBlock(header, Uint8Array.from(payload))).toEqual(answer)
  })
})
