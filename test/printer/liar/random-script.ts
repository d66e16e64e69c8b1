/** A script of chance: the same one for the same seed. */

import type { Script } from './script.js'

/** Texts and bytes that links are seen to say, and some that look like answers. */
const NOISES: readonly (readonly number[])[] = [
  [0x00],
  [0x00, 0x00],
  [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
  [0x12],
  [0x12, 0x12, 0x12, 0x12],
  [0x0f],
  [0x06],
  [0xff, 0x80],
  [0x10, 0x00, 0x00, 0x0f],
  [0x37, 0x22, 0x41, 0x41, 0x41, 0x41, 0x00],
  [0x5f, 0x4d, 0x39, 0x00],
  [0x5f],
  ...['NO CARRIER\r\n', 'OFFLINE\r\n', 'CLOSED', 'ERROR 12 0'].map((text) =>
    Array.from(text, (letter) => letter.charCodeAt(0)),
  ),
]

function chance(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function randomScript(seed: number): Script {
  const next = chance(seed)
  const pick = <T>(...all: readonly T[]) => all[Math.floor(next() * all.length)] as T
  const noise = () => pick(...NOISES)
  const copies = pick(1, 1, 2, 3)
  const lines = pick(1, 4, 6, 12)
  const kind = pick('ids', 'blocks', 'bytes') as Script['kind']
  const hidesRestart = next() < 0.25
  const isClean = next() < 0.2
  const greeted = next() < 0.2 ? noise() : []
  const greetedAgain = next() < 0.4 ? noise() : []
  const link = pick('end', 'reset', 'keep') as 'end' | 'reset' | 'keep'
  const isHidden = link === 'keep' && !hidesRestart
  // A restart that neither the link nor the caller shows cannot be noticed (docs/printing.md says so): there it is gone for good.
  const states = ['none', 'stop', 'mum', 'deaf', 'die'] as const
  const state = pick(...states)
  return {
    name: `seed ${seed}`,
    kind,
    hidesRestart,
    copies,
    lines,
    segmentLines: pick(1, 2, 5),
    windowBytes: pick(1, 12, 4096),
    pauseMs: pick(0, 0, 30),
    onPaperOut: pick('leave', 'cancel', 'leave'),
    liar: {
      clears: next() < 0.7,
      macros: next() < 0.7,
      serial: pick('S1', undefined),
      answerMs: pick(0, 0, 3, 20),
      pace: pick(0, 0, 1, 4),
      repeatEvery: isClean ? 0 : pick(0, 0, 0, 1, 2, 5),
      greeting: isClean ? () => [] : (connection) => (connection === 1 ? greeted : greetedAgain),
    },
    ...(isClean
      ? {}
      : {
          fault: {
            afterLines: 1 + Math.floor(next() * lines * copies),
            state,
            forMs: isHidden ? 60_000 : pick(5, 40, 150, 2000),
            echoes: pick(0, 0, 1, 3),
            says: next() < 0.7 ? noise() : [],
            link,
            heir: pick('same', 'same', 'same', 'other', 'twin') as 'same' | 'other' | 'twin',
          },
        }),
  }
}
