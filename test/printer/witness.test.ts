/** A link that hides restarts, in memory: the witness of a restart answers by a block, so that no single byte speaks for it. */

import { expect, it } from 'vitest'
import type { VirtualDevice, VirtualDeviceOptions } from '../../src/device/device.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { memory } from '../../src/transports/memory.js'
import { failureOf } from './helpers.js'
import { numbered, outcomeOf } from './receipts.js'

const profile = { ...generic80, answersStatus: true }

/** `on`: what happens before the device gets the n-th piece, from 1; what it returns is said before the answer. */
function hidden(options: VirtualDeviceOptions, on: (n: number, device: VirtualDevice) => number[]) {
  const device = virtualDevice(options)
  let said: number[] = []
  device.listen({ reply: (bytes) => said.push(...bytes) })
  let pieces = 0
  const transport = memory({
    answer: (data) => {
      const text = String.fromCharCode(...data)
      if (text.includes('L0')) pieces++
      said = text.includes('L0') ? on(pieces, device) : []
      device.receive(data)
      return Uint8Array.from(said)
    },
  })
  return openPrinter(transport, {
    profile,
    hidesRestart: true,
    windowBytes: 1,
    answerTimeoutMs: 60,
    confirmTimeoutMs: 200,
    reconnectMs: 0,
  })
}

const nothing = () => []

it.each([
  [{ processIds: true }, 'printed'],
  [{}, 'processed'],
])('%j that keeps a macro is told to have %s', async (options, grade) => {
  const printer = hidden(options, nothing)
  const result = await printer.print(numbered(20, false))
  expect(result).toMatchObject({ grade, warnings: [] })
  expect(result.printedThrough).toBe(result.segments)
})

it.each([[{ processIds: true }], [{}]])('%j without one is accepted', async (options) => {
  const result = await hidden({ ...options, macros: false }, nothing).print(numbered(20, false))
  expect(result).toMatchObject({ grade: 'accepted', printedThrough: 0 })
  expect(result.warnings.map(({ code }) => code)).toEqual(['RESTART_UNSEEN'])
})

it.each([[{ processIds: true }], [{}]])(
  '%j that restarts, with noise in the place of the answer, is uncertain',
  async (options) => {
    for (const noise of [[], [0x00], [0x00, 0x00, 0x00, 0x00, 0x00], [0x4e, 0x4f, 0x20]]) {
      const printer = hidden(options, (n, device) => {
        if (n !== 2) return []
        device.restart()
        return noise
      })
      const failure = await failureOf(printer.print(numbered(20, false)), Uncertain)
      // The initialisation and the first piece with lines were out before.
      expect(failure.reach.printed).toBeLessThanOrEqual(2)
    }
  },
)

it('a macro of the job itself leaves no room for the witness', async () => {
  const job = { ...numbered(3, false) }
  const bytes = Uint8Array.of(...job.bytes, 0x1d, 0x3a, 0x41, 0x0a, 0x1d, 0x3a)
  const outcome = await outcomeOf(hidden({ processIds: true }, nothing).print(bytes))
  expect(outcome).toMatchObject({ grade: 'accepted' })
})
