/** How far ahead of the printer bytes are sent, with the clock in the hand. */

import { expect, it, onTestFinished, vi } from 'vitest'
import type { StatusEvent } from '../../src/encoders/escpos/status.js'
import { Sender } from '../../src/printer/sender.js'
import type { OpenLine } from '../../src/printer/shared-printer.js'
import { UNKNOWN_STATUS } from '../../src/printer/status.js'

const PART_BYTES = 1000

/** A sender before a printer that confirms when the test says so. */
function paced() {
  let hear: (event: StatusEvent) => void = () => {}
  const owed: object[] = []
  const session = {
    ended: false,
    status: UNKNOWN_STATUS,
    listen: (onEvent: (event: StatusEvent) => void) => {
      hear = onEvent
    },
    expectFence: () => {
      const query = { command: 'GS r', n: 1 }
      owed.push(query)
      return query
    },
    write: async (bytes: Uint8Array) => ({ taken: bytes.length }),
    askStatus: async () => UNKNOWN_STATUS,
  }
  const sender = new Sender({
    line: { session } as unknown as OpenLine,
    proof: 'bytes',
    model: undefined,
    witnessed: false,
    singly: false,
    autoStatus: false,
    nextId: () => '',
    windowBytes: undefined,
    bufferBytes: undefined,
    answerMs: 100,
    patienceMs: () => 60_000,
    waitsForPeople: false,
    signal: new AbortController().signal,
    stopReason: () => 'aborted',
    onConfirmed: () => {},
    onPause: () => {},
  })
  const segment = {
    kind: 'print',
    from: 0,
    to: PART_BYTES,
    firstLine: 1,
    lastLine: 1,
    paths: [],
  } as const
  const part = { bytes: new Uint8Array(PART_BYTES), index: 0, copy: 1, segment }
  const send = async () => {
    for (;;) await sender.send(part)
  }
  void send()
  /** So many parts are confirmed after so long, each for itself. */
  const confirm = async (count: number, afterMs: number) => {
    await vi.advanceTimersByTimeAsync(afterMs)
    for (const query of owed.splice(0, count)) {
      hear({ kind: 'single', byte: 0, query } as unknown as StatusEvent)
    }
    await vi.advanceTimersByTimeAsync(1)
  }
  return { owed, confirm }
}

it('is widened by a printer that confirms at once, and narrowed by one that takes long', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { owed, confirm } = paced()
  await vi.advanceTimersByTimeAsync(1)
  expect(owed).toHaveLength(4)
  await confirm(4, 10)
  expect(owed).toHaveLength(65)
  await confirm(4, 300)
  // Those that are on their way are more than the narrow window has room for.
  expect(owed).toHaveLength(61)
  await confirm(61, 300)
  expect(owed).toHaveLength(4)
})
