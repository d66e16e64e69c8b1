import { describe, expect, it } from 'vitest'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { execute } from '../../src/emulator/commands/execute.js'
import type { Effect } from '../../src/emulator/effect.js'
import { powerOn } from '../../src/emulator/machine.js'
import { decodeAll } from '../../src/encoders/escpos/codec.js'
import { bytes, profile80 } from './helpers.js'

/** A logo of 8 × 1 dots under the key `A1`, which takes 18 bytes: its data and 16 for the list. */
const DEFINE_LOGO = "1D 28 4C 0C 00 30 43 30 'A1' 01 08 00 01 00 31 FF"
const ASK_ROOM = '1D 28 4C 02 00 30 33'

function effectsOf(source: string): readonly Effect[] {
  const effects: Effect[] = []
  const machine = powerOn(profile80, { report: (effect) => effects.push(effect) })
  for (const { command, offset } of decodeAll(bytes(source))) execute(machine, command, offset)
  return effects
}

function answersOf(source: string, hasPaper: boolean): string {
  const device = virtualDevice({ processIds: true, ...(hasPaper ? { profile: profile80 } : {}) })
  const said: number[] = []
  device.listen({ reply: (answer) => said.push(...answer) > 0 })
  device.receive(bytes(source))
  return Buffer.from(said).toString('latin1')
}

describe('effects of commands', () => {
  it.each([
    ['1D 72 01', [{ kind: 'status-asked', n: 1 }]],
    ['1B 76', [{ kind: 'status-asked', n: 1 }]],
    ['1B 75 00', [{ kind: 'status-asked', n: 2 }]],
    ['1D 49 43', [{ kind: 'identity-asked', n: 67 }]],
    [
      '1D 61 0F 1B 40',
      [
        { kind: 'auto-status', groups: 15 },
        { kind: 'auto-status', groups: 0 },
      ],
    ],
    ['1B 70 31 19 FA', [{ kind: 'pulse', pin: 5, onMs: 50, offMs: 500 }]],
    ['1D 28 44 05 00 14 01 00 02 31', [{ kind: 'realtime-rights', pulse: false, powerOff: true }]],
    ['1D 28 48 03 00 31 30 01', [{ kind: 'offline-response', isOn: true }]],
    ['1D 5E 01 00 00', [{ kind: 'macro', fate: 'missing' }]],
    ["'text' 0A 1B 64 05", []],
  ] as const)('%s', (source, effects) => {
    expect(effectsOf(source)).toEqual(effects)
  })

  it('a macro has those of its commands each time it runs, and in their order', () => {
    const macro = `1D 3A ${DEFINE_LOGO} ${ASK_ROOM} 1B 70 00 19 FA 1D 3A`
    expect(effectsOf(`${macro} 1D 5E 02 00 00`).map(({ kind }) => kind)).toEqual(
      [1, 2, 3].flatMap(() => ['nv-write', 'logo-room-asked', 'pulse']),
    )
  })

  it('commands behind the data of a bar code, where printers take them for commands', () => {
    // CODE39 ends at its star, and GS I 3 follows.
    const source = "1D 6B 45 05 'A*' 1D 49 03"
    expect(effectsOf(source)).toEqual([{ kind: 'identity-asked', n: 3 }])
    expect(answersOf(source, true)).toBe('\x01')
  })

  it.each([
    `${DEFINE_LOGO} ${ASK_ROOM}`,
    `1D 3A ${ASK_ROOM} ${DEFINE_LOGO} ${ASK_ROOM} 1D 3A 1D 5E 02 00 00`,
    "1D 28 48 06 00 30 30 '0001' 1D 72 01 1D 72 02",
    '1D 61 FF 1D 49 41 1B 40 1D 49 01',
  ])('a device without paper answers as one with paper: %s', (source) => {
    const answers = answersOf(source, false)
    expect(answers).not.toBe('')
    expect(answersOf(source, true)).toBe(answers)
  })

  it('room for logos is told as it is when the question is read', () => {
    const room = (logos: number) => `7\x31${262_144 - logos * 18}\x00`
    expect(answersOf(`${ASK_ROOM} ${DEFINE_LOGO} ${ASK_ROOM}`, true)).toBe(room(0) + room(1))
  })
})
