import { describe, expect, it } from 'vitest'
import type { VirtualDeviceOptions } from '../../src/device/device.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { generic80 } from '../../src/profiles/generic-80.js'

function device(options: VirtualDeviceOptions = {}) {
  const virtual = virtualDevice(options)
  const replies: number[] = []
  const executed: number[] = []
  virtual.listen({
    reply: (bytes) => replies.push(...bytes),
    executed: (_, bytes) => executed.push(...bytes),
  })
  return {
    virtual,
    executed,
    /** Sends hex, answers with the hex of the replies to it. */
    ask(hex: string): string {
      replies.length = 0
      virtual.receive(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
      return said()
    },
    said,
  }
  function said(): string {
    const hex = Buffer.from(replies).toString('hex').toUpperCase()
    replies.length = 0
    return hex.replace(/(..)(?=.)/g, '$1 ')
  }
}

const EOT_1_TO_4 = '10 04 01 10 04 02 10 04 03 10 04 04'

describe('DLE EOT', () => {
  it.each([
    [{}, '12 12 12 12'],
    [{ drawerPin: 'high' }, '16 12 12 12'],
    [{ paper: 'near-end' }, '12 12 12 1E'],
    [{ paper: 'end' }, '1A 32 12 72'],
    [{ cover: 'open' }, '1A 16 12 12'],
    [{ error: 'cutter' }, '1A 52 1A 12'],
    [{ error: 'unrecoverable' }, '1A 52 32 12'],
    [{ error: 'auto-recoverable' }, '1A 52 52 12'],
  ] as const)('in state %j answers %s', (state, answers) => {
    expect(device({ state }).ask(EOT_1_TO_4)).toBe(answers)
  })

  it('is answered at once in the middle of an image and however it is cut', () => {
    const { virtual, ask, executed } = device()
    // GS v 0 of 1 × 8 dots; the question stands inside its data.
    expect(ask('1D 76 30 00 01 00 08 00 FF 10')).toBe('')
    expect(ask('04')).toBe('')
    expect(ask('02')).toBe('12')
    expect(executed).toEqual([])
    expect(ask('01 02 03 04 0A')).toBe('')
    expect(executed.length).toBe(17)
    expect(virtual.bufferedBytes).toBe(0)
  })

  it('of a one-way clone is never answered, nor anything else', () => {
    const { ask } = device({ oneWay: true })
    expect(ask(`${EOT_1_TO_4} 1D 72 01 1D 61 FF 1D 49 42`)).toBe('')
  })
})

describe('GS r', () => {
  it('is answered in order, and not while offline', () => {
    const { virtual, ask, said, executed } = device({ state: { cover: 'open' } })
    expect(ask('41 0A 1D 72 01 10 04 02')).toBe('16')
    expect(executed).toEqual([])
    expect(virtual.bufferedBytes).toBe(8)
    virtual.set({ cover: 'closed', paper: 'near-end', drawerPin: 'high' })
    expect(said()).toBe('03')
    expect(ask('1D 72 02')).toBe('01')
    expect(executed.slice(0, 2)).toEqual([0x41, 0x0a])
  })
})

describe('automatic status back', () => {
  it('tells at once and on each change, until ESC @', () => {
    const { virtual, ask, said } = device({ state: { drawerPin: 'high' } })
    expect(ask('1D 61 FF')).toBe('14 00 00 0F')
    virtual.set({ paper: 'end' })
    expect(said()).toBe('1C 00 0C 0F')
    virtual.set({ paper: 'ok' })
    expect(said()).toBe('14 00 00 0F')
    expect(ask('1B 40')).toBe('')
    virtual.set({ cover: 'open' })
    expect(said()).toBe('')
  })

  it('tells only what was asked for', () => {
    const { virtual, ask, said } = device()
    expect(ask('1D 61 08')).toBe('10 00 00 0F')
    virtual.set({ drawerPin: 'high' })
    expect(said()).toBe('')
    virtual.set({ paper: 'near-end' })
    expect(said()).toBe('14 00 03 0F')
  })
})

describe('identity and process IDs', () => {
  it('answers GS I with blocks and bytes', () => {
    const { ask } = device({ identity: { languageFont: 'CHINA GB2312' } })
    expect(ask('1D 49 45')).toBe(
      `5F ${Buffer.from('CHINA GB2312').toString('hex').toUpperCase().replace(/../g, '$& ')}00`,
    )
    expect(ask('1D 49 01 1D 49 32 1D 49 33')).toBe('20 03 01')
  })

  it('returns a process ID only where it has them', () => {
    const request = '41 0A 1D 28 48 06 00 30 30 30 31 30 31'
    expect(device().ask(request)).toBe('')
    expect(device({ processIds: true }).ask(request)).toBe('37 22 30 31 30 31 00')
  })

  it('tells that it goes offline when asked to', () => {
    const { virtual, ask, said } = device({ processIds: true })
    expect(ask('1D 28 48 03 00 31 30 01')).toBe('')
    virtual.set({ cover: 'open' })
    expect(said()).toBe('37 23 00')
    virtual.set({ cover: 'closed' })
    said()
    virtual.restart()
    virtual.set({ cover: 'open' })
    // As every setting, it ends with the power.
    expect(said()).toBe('')
  })
})

describe('the end of the roll', () => {
  it('stops in the middle of a job, goes on with a new roll', () => {
    const { virtual, ask, executed } = device({ paperEndAfterBytes: 4 })
    expect(ask('41 0A 42 0A 43 0A 10 04 04')).toBe('72')
    expect(executed).toEqual([0x41, 0x0a, 0x42, 0x0a])
    virtual.set({ paper: 'ok' })
    expect(executed.slice(4, 6)).toEqual([0x43, 0x0a])
  })

  it('leaves the rest to be cleared by DLE DC4 8, which forgets half a command too', () => {
    const { virtual, ask, executed } = device({ paperEndAfterBytes: 12 })
    // The roll ends inside a raster of 1 × 100 dots.
    expect(ask(`1D 76 30 00 01 00 64 00 ${'AA '.repeat(20)}`)).toBe('')
    expect(virtual.bufferedBytes).toBe(16)
    expect(ask('10 14 08 01 03 14 01 06 02 08')).toBe('37 25 00')
    expect(virtual.bufferedBytes).toBe(0)
    virtual.set({ paper: 'ok' })
    expect(ask('42 0A')).toBe('')
    expect(executed).toEqual([0x42, 0x0a])
  })

  it('fills the buffer, and no more than that is taken', () => {
    const { virtual } = device({ state: { paper: 'end' }, receiveBufferBytes: 100 })
    expect(virtual.receive(new Uint8Array(80))).toBe(80)
    expect(virtual.receive(new Uint8Array(80))).toBe(20)
    expect(virtual.room).toBe(0)
  })
})

it('recovers from a cutter error by DLE ENQ 1, not from an unrecoverable one', () => {
  const { virtual, ask, executed } = device({ state: { error: 'cutter' } })
  ask('41 0A 10 05 01')
  expect(virtual.offline).toBe(false)
  expect(executed.slice(0, 2)).toEqual([0x41, 0x0a])
  virtual.set({ error: 'unrecoverable' })
  ask('10 05 01')
  expect(virtual.offline).toBe(true)
})

it('keeps a macro over ESC @, and forgets it when it is switched off', () => {
  const { virtual, ask } = device()
  const run = '1D 5E 02 00 00'
  expect(ask(run)).toBe('')
  // What is defined is executed as well.
  expect(ask('1D 3A 1D 49 03 1D 3A')).toBe('01')
  expect(ask(`1B 40 ${run}`)).toBe('01 01')
  // In the middle of a definition GS ^ ends it and clears the macro.
  expect(ask(`1D 3A ${run} ${run}`)).toBe('')
  ask('1D 3A 1D 49 03 1D 3A')
  virtual.restart()
  expect(ask(run)).toBe('')
  expect(device({ macros: false }).ask(`1D 3A 1D 49 03 1D 3A ${run}`)).toBe('01')
})

it('keeps no more of a macro than 2048 bytes, and runs no more than a multiple of what it was sent', () => {
  const { virtual, ask } = device()
  const answers = (hex: string) => ask(hex).split(' ').length
  // 1000 questions of three bytes are executed, and 682 of them are stored whole.
  expect(answers(`1D 3A ${'1D 49 03 '.repeat(1000)}1D 3A`)).toBe(1000)
  expect(answers('1D 5E 01 00 00')).toBe(682)
  const runs = answers('1D 5E FF 00 00 '.repeat(3)) / 682
  expect(runs).toBe(Math.floor((600_000 + 10 * (virtual.receivedBytes - 5)) / 2048) - 1)
})

describe('pulses', () => {
  it('open the drawer where they are told to: in order, and at once', () => {
    const { virtual, ask } = device({ pulseOpensDrawer: 'high' })
    expect(ask('1D 61 01 1B 70 00 01 01')).toBe('10 00 00 0F 14 00 00 0F')
    const early = device({ pulseOpensDrawer: 'low', state: { paper: 'end', drawerPin: 'high' } })
    early.ask('1B 70 00 01 01')
    expect(early.virtual.state.drawerPin).toBe('high')
    early.ask('10 14 01 01 01')
    expect(early.virtual.state.drawerPin).toBe('low')
    expect(virtual.state.drawerPin).toBe('high')
    const plain = device()
    plain.ask('1B 70 00 01 01')
    expect(plain.virtual.state.drawerPin).toBe('low')
  })

  it('in real time are ignored in an error, while one is on, and where GS ( D forbids them', () => {
    const pins: number[] = []
    const counted = (options: VirtualDeviceOptions) => {
      const made = device(options)
      made.virtual.listen({ pulsed: (pin) => pins.push(pin) })
      return made
    }
    const { ask } = counted({})
    ask('10 14 01 00 08 10 14 01 01 08')
    expect(pins.splice(0)).toEqual([2])
    counted({ state: { error: 'cutter' } }).ask('10 14 01 00 01')
    counted({}).ask('1D 28 44 03 00 14 01 00 10 14 01 00 01')
    expect(pins.splice(0)).toEqual([])
    counted({}).ask('1D 28 44 05 00 14 01 00 01 31 10 14 01 01 01')
    expect(pins).toEqual([5])
  })
})

describe('DLE DC4 2', () => {
  it('is not obeyed, as on most printers', () => {
    expect(device().ask('10 14 02 01 08 10 04 01')).toBe('12')
  })

  it('where GS ( D allows it switches off: nothing is taken up until the power comes back', () => {
    const { virtual, ask, executed } = device()
    expect(ask('1D 28 44 03 00 14 02 01 41 0A 10 14 02 01 08')).toBe('3B 30 00')
    expect([virtual.off, virtual.offline]).toEqual([true, true])
    expect(ask('42 0A 10 04 01')).toBe('')
    virtual.restart()
    executed.length = 0
    expect(ask('43 0A 10 04 01 10 14 02 01 08')).toBe('12')
    expect(executed.slice(0, 2)).toEqual([0x43, 0x0a])
    expect(device({ obeysPowerOff: true }).ask('10 14 02 01 08')).toBe('3B 30 00')
  })
})

it('answers ESC v, ESC u and DLE DC4 7', () => {
  const { ask } = device({ state: { drawerPin: 'high', paper: 'near-end' } })
  expect(ask('1B 76 1B 75 00')).toBe('03 01')
  expect(ask('10 14 07 01')).toBe('14 00 03 0F')
  expect(ask('10 14 07 02')).toBe('')
})

it('a head that is too hot is not recovered by command', () => {
  const { virtual, ask } = device({ state: { error: 'auto-recoverable' } })
  expect(ask('10 05 01 10 05 02 10 04 03')).toBe('52')
  virtual.set({ error: 'none' })
  expect(ask('10 04 03')).toBe('12')
})

it('DLE ENQ 2 drops what it holds with its process IDs, and leaves page mode', () => {
  const { virtual, ask } = device({ processIds: true, profile: generic80 })
  virtual.set({ error: 'cutter' })
  expect(ask('41 0A 1D 28 48 06 00 30 30 30 31 30 31 10 05 02')).toBe('')
  expect(ask('42 0A 1D 28 48 06 00 30 30 30 31 30 32')).toBe('37 22 30 31 30 32 00')
  ask('1B 4C 43')
  virtual.set({ error: 'recoverable' })
  ask('10 05 02 44 0A')
  expect(virtual.papers[0]?.glyphs.map(({ text }) => text)).toEqual(['B', 'D'])
})

it('of process IDs that come due together only the latest is returned, if it skips', () => {
  const ids = ['31', '32', '33'].map((n) => `41 0A 1D 28 48 06 00 30 30 30 30 30 ${n}`).join(' ')
  expect(device({ processIds: true }).ask(ids)).toHaveLength(3 * 20 + 2)
  expect(device({ processIds: true, skipsProcessIds: true }).ask(ids)).toBe('37 22 30 30 30 33 00')
})

it('says stray bytes before each answer', () => {
  expect(device({ strayBytes: Uint8Array.of(0x80, 0x06) }).ask('10 04 01 1D 72 01')).toBe(
    '80 06 12 80 06 00',
  )
})
