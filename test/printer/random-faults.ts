/** One random fault of a printer, the same for the same seed: what is said of the job has to agree with the paper. */

import { expect } from 'vitest'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import type { StopPolicy } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { expectAgreement, numbered, numbersOn, outcomeOf, settled } from './receipts.js'

const profile = { ...generic80, answersStatus: true }
const LINES = 30
const STRAYS = [[0x80, 0x06, 0x15], [0x00], [0x0f, 0x06], [0x12]] as const

/** Numbers from 0 to 1, the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

/**
 * Runs a script; what was said of the job.
 * @param pty path of a line; undefined: over TCP
 */
export async function runRandomFault(seed: number, pty?: string): Promise<string> {
  const next = chance(seed)
  const pick = <T>(...all: readonly T[]) => all[Math.floor(next() * all.length)] as T
  const at = () => Math.floor(next() * 1100)
  const common = ['none', 'paper', 'cut', 'cover', 'cutter', 'head', 'stray', 'slow'] as const
  // A line cannot be reset, and hides a restart.
  const fault = pick(...common, pty === undefined ? 'reset' : 'restart')
  const restartAt = 100 + at()
  const virtual = await startVirtualPrinter({
    profile: generic80,
    processIds: next() < 0.6,
    macros: next() < 0.7,
    skipsProcessIds: next() < 0.3,
    ...(next() < 0.25 ? { strayBytes: Uint8Array.from(pick<readonly number[]>(...STRAYS)) } : {}),
    ...(next() < 0.4 || fault === 'restart' ? { readBytes: 150, readIntervalMs: 5 } : {}),
    ...(next() < 0.3 ? { pushStatusEveryMs: 7 } : {}),
    ...(fault === 'paper' ? { paperEndAfterBytes: at() } : {}),
    ...(fault === 'cut' ? { powerCutAfterBytes: at(), powerCutTimes: 1 } : {}),
    ...(fault === 'reset' ? { resetAfterBytes: at(), resetTimes: 1 } : {}),
    ...(pty === undefined ? {} : { pty }),
  })
  const sentAtFault = 1 + Math.floor(next() * 4)
  const mendMs = 20 + next() * 1500
  const mended = next() < 0.5
  const mend = () => virtual.device.set({ cover: 'closed', error: 'none', paper: 'ok' })
  const printer = openPrinter(virtual.uri, {
    profile,
    windowBytes: pick(1, 500, 4096),
    answerTimeoutMs: 400,
    confirmTimeoutMs: 2500,
    reconnectMs: 1000,
  })
  const onPaperOut: StopPolicy = pick('wait', 'cancel', 'leave')
  const watching = setInterval(() => {
    if (fault !== 'restart' || virtual.device.receivedBytes < restartAt) return
    clearInterval(watching)
    virtual.device.restart()
  }, 1)
  let done = false
  try {
    const outcome = await outcomeOf(
      printer.print(numbered(LINES, false), {
        onPaperOut,
        timeoutMs: 6000,
        onProgress: ({ state, reach }) => {
          if (!done && state === 'sending' && reach.sent >= sentAtFault) {
            done = true
            if (fault === 'cover') virtual.device.set({ cover: 'open' })
            if (fault === 'cutter') virtual.device.set({ error: 'cutter' })
            if (fault === 'head') virtual.device.set({ error: 'auto-recoverable' })
            if (fault === 'head' || mended) setTimeout(mend, mendMs)
          }
          if (state === 'paused' && onPaperOut === 'wait') setTimeout(mend, mendMs)
        },
      }),
    )
    mend()
    await settled(virtual)
    const said = 'grade' in outcome ? outcome.grade : `${outcome.code} ${outcome.reason}`
    try {
      expectAgreement(outcome, numbersOn(virtual.papers), LINES, { gaps: pty !== undefined })
      // Whatever happened, the next receipt is whole, but where the fault strikes only now.
      const after = await outcomeOf(printer.print(numbered(2, false)))
      const late = 'grade' in outcome && /paper|cut|reset|restart/.test(fault)
      if (late && (!('grade' in after) || after.grade === 'accepted')) mend()
      else {
        await settled(virtual)
        expect(numbersOn(virtual.papers).slice(-2)).toEqual([1, 2])
      }
    } catch (error) {
      throw new Error(`seed ${seed}, ${fault}, ${onPaperOut}: ${said}`, { cause: error })
    }
    return said
  } finally {
    clearInterval(watching)
    await virtual.close()
  }
}
