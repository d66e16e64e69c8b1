/** Scripts of one lie each: every doubt of the session has one, so that a session without it is caught. */

import type { Script } from './script.js'

const NUL = [0x00]
const KINDS = ['ids', 'blocks', 'bytes'] as const
const BEST = { ids: 'printed', blocks: 'processed', bytes: 'processed' } as const
/** Dead for good: it loses what it holds and what comes, and answers DLE EOT, as the box before a printer may. */
const DEAD = { afterLines: 1, state: 'deaf', forMs: 60_000, link: 'keep' } as const
const LOST = 'Uncertain: connection-lost'
const OTHER = 'Uncertain: other-printer'
const UNCONFIRMED = 'Uncertain: not-confirmed'

function lettersOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

const clean: readonly Script[] = KINDS.flatMap((kind) => [
  { name: 'clean', kind, liar: {}, expects: BEST[kind] },
  { name: 'copies', kind, liar: { pace: 2 }, copies: 3, pauseMs: 10, expects: BEST[kind] },
  {
    name: 'status incomplete',
    kind,
    liar: { mute: [3] },
    expects: kind === 'ids' ? 'printed' : 'accepted',
  },
])

/** A greeting of each kind that answers no question. */
const strays: readonly Script[] = [
  [0x00],
  [0x12],
  [0x06],
  [0xff],
  [0x35],
  [0x10, 0x80],
  [0x5f, 0x4d, 0x00],
  [0x37, 0x22, 0x41, 0x41, 0x41, 0x41, 0x00],
].map((greeting) => ({
  name: `greeted with ${greeting.map((byte) => byte.toString(16)).join(' ')}`,
  kind: 'bytes',
  liar: { greeting: () => greeting },
  expects: 'accepted',
}))

/** It is dead, and the line says something that may pass for the answers. */
const forged: readonly Script[] = [
  { name: 'one NUL', kind: 'bytes', liar: {}, fault: { ...DEAD, says: NUL }, expects: UNCONFIRMED },
  {
    name: 'two NULs, one after the other',
    kind: 'bytes',
    liar: {},
    fault: { ...DEAD, says: NUL, echoes: 1 },
    expects: UNCONFIRMED,
  },
  {
    name: 'four NULs, one after the other',
    kind: 'bytes',
    liar: {},
    fault: { ...DEAD, says: NUL, echoes: 3 },
    expects: UNCONFIRMED,
  },
  {
    name: 'models of another printer',
    kind: 'blocks',
    liar: {},
    fault: { ...DEAD, says: lettersOf('_M9\0'), echoes: 6 },
    expects: UNCONFIRMED,
  },
  ...(['ids', 'blocks', 'bytes'] as const).map(
    (kind): Script => ({
      name: 'process IDs of another host',
      kind,
      liar: {},
      fault: { ...DEAD, says: lettersOf('7"AAAA\0'), echoes: 6 },
      expects: UNCONFIRMED,
    }),
  ),
  {
    name: 'NULs and a block',
    kind: 'blocks',
    liar: {},
    fault: { ...DEAD, says: lettersOf('\0_\0'), echoes: 6 },
    expects: UNCONFIRMED,
  },
]

/** The connection is lost. */
const lost: readonly Script[] = KINDS.flatMap((kind): Script[] => [
  {
    name: 'dies in copy 1, says a NUL, and is back for copy 2',
    kind,
    liar: { clears: false },
    copies: 2,
    pauseMs: 60,
    fault: { afterLines: 1, state: 'die', forMs: 30, says: NUL, link: 'end' },
    expects: LOST,
  },
  {
    name: 'loses the middle, and is back',
    kind,
    liar: { clears: false },
    windowBytes: 1,
    fault: { afterLines: 3, state: 'die', forMs: 30, says: NUL, link: 'reset' },
    expects: LOST,
  },
  {
    name: 'another printer, of the same model',
    kind,
    liar: { serial: 'S1', pace: 1 },
    windowBytes: 1,
    fault: { afterLines: 3, link: 'reset', heir: 'twin' },
    expects: kind === 'bytes' ? LOST : OTHER,
  },
  {
    name: 'another printer, and what was sent is to be cleared',
    kind,
    liar: { pace: 1 },
    onPaperOut: 'cancel',
    fault: { afterLines: 6, link: 'reset', heir: 'other' },
    expects: kind === 'bytes' ? LOST : OTHER,
  },
  {
    name: 'the same printer, which still owes answers to the lost connection',
    kind,
    liar: { serial: 'S1', pace: 1, clears: false },
    lines: 60,
    segmentLines: 1,
    fault: { afterLines: 20, link: 'reset' },
    // Its process IDs come late, and are proof all the same.
    ...(kind === 'ids' ? {} : { expects: LOST }),
  },
  {
    name: 'ends in the pause after a copy',
    kind,
    liar: { answerMs: 0 },
    copies: 2,
    pauseMs: 120,
    fault: { afterLines: 6, link: 'end', says: [] },
  },
  {
    name: 'goes on printing when the connection is reset',
    kind,
    liar: { pace: 1, clears: false },
    segmentLines: 1,
    windowBytes: 1,
    fault: { afterLines: 1, state: 'mum', link: 'reset' },
    expects: LOST,
  },
])

/** Whoever does not say who it is any more is not another one. */
const hoarse = (['ids', 'blocks'] as const).map(
  (kind): Script => ({
    name: 'the same printer, with noise in the place of its serial number',
    kind,
    liar: { serial: 'S1', pace: 1, hoarseFrom: 2 },
    windowBytes: 1,
    fault: { afterLines: 3, link: 'reset' },
  }),
)

/** It stops, or says nothing, and may be cleared. */
const stopped: readonly Script[] = KINDS.flatMap((kind): Script[] => [
  {
    name: 'paper out, left',
    kind,
    liar: {},
    fault: { afterLines: 3, state: 'stop' },
    expects: 'Uncertain: not-confirmed',
  },
  {
    name: 'paper out, cleared when all was sent',
    kind,
    liar: {},
    onPaperOut: 'cancel',
    fault: { afterLines: 6, state: 'stop' },
    expects: 'Uncertain final: not-confirmed',
  },
  {
    name: 'paper out, cleared with a part unsent',
    kind,
    liar: {},
    onPaperOut: 'cancel',
    windowBytes: 1,
    fault: { afterLines: 3, state: 'stop' },
    expects: 'PartiallyPrinted: not-confirmed',
  },
  {
    name: 'paper out, and it does not say that it is cleared',
    kind,
    liar: { clears: false },
    onPaperOut: 'cancel',
    windowBytes: 1,
    fault: { afterLines: 3, state: 'stop' },
    expects: 'Uncertain: not-confirmed',
  },
  {
    name: 'prints all and says nothing, then is cleared',
    kind,
    liar: {},
    onPaperOut: 'cancel',
    fault: { afterLines: 6, state: 'mum' },
    expects: 'Uncertain final: not-confirmed',
  },
])

/** The link hides a restart. */
const hidden: readonly Script[] = KINDS.flatMap((kind): Script[] => [
  {
    name: 'hidden, with a witness',
    kind,
    hidesRestart: true,
    liar: {},
    expects: kind === 'bytes' ? 'accepted' : BEST[kind],
  },
  {
    name: 'hidden, without a witness',
    kind,
    hidesRestart: true,
    liar: { macros: false },
    expects: 'accepted',
  },
  {
    name: 'restarts unseen, with NULs in the place of its answers',
    kind,
    hidesRestart: true,
    windowBytes: 1,
    liar: {},
    fault: { afterLines: 3, state: 'die', forMs: 20, says: NUL, echoes: 2 },
  },
  {
    name: 'restarts unseen, without a witness',
    kind,
    hidesRestart: true,
    windowBytes: 1,
    liar: { macros: false },
    fault: { afterLines: 3, state: 'die', forMs: 20 },
  },
  {
    name: 'restarts unseen with all that was sent',
    kind,
    hidesRestart: true,
    liar: {},
    fault: { afterLines: 2, state: 'die', forMs: 1, says: [] },
  },
])

export const FIXED: readonly Script[] = [
  ...clean,
  ...strays,
  ...forged,
  ...lost,
  ...hoarse,
  ...stopped,
  ...hidden,
]
