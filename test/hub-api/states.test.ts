import { describe, expect, test } from 'vitest'
import {
  type Decision,
  type Happening,
  HELD_STATES,
  isUnconfirmed,
  moveSlip,
  OUTCOMES,
  SLIP_STATES,
  type SlipState,
  type SlipView,
  type Verdict,
} from '../../src/hub-api/states.js'

const OWN = 'agent-a'
const OTHER = 'agent-b'

/** The slip was taken by `OWN`, whose second epoch this is. */
const slipIn = (state: SlipState, decision?: Decision): SlipView => ({
  ...{ state, epoch: 2, agent: OWN },
  ...(decision === undefined ? {} : { decision }),
})

/** In a word: a state that it moves to, `=` if it stays, or the code of a refusal. */
function told(verdict: Verdict): string {
  if (verdict.verdict === 'moved') return verdict.slip.state
  return verdict.verdict === 'kept' ? '=' : verdict.code
}

const ended = (outcome: (typeof OUTCOMES)[number]): Happening => ({
  ...{ what: 'ended', agent: OWN, epoch: 2 },
  outcome,
})
const fact = (outcome: (typeof OUTCOMES)[number], isSame = true, agent = OWN): Happening => ({
  ...{ what: 'fact', agent, outcome, isSame },
})

/** Its columns. */
const HAPPENINGS: Readonly<Record<string, Happening>> = {
  offer: { what: 'offer' },
  take: { what: 'take', agent: OWN },
  takeOther: { what: 'take', agent: OTHER },
  started: { what: 'started', agent: OWN, epoch: 2 },
  printed: ended('printed'),
  notStarted: ended('not-started'),
  expiredThere: ended('expired'),
  fact: fact('printed'),
  factOther: fact('printed', true, OTHER),
  factDiffers: fact('printed', false),
  factExpired: fact('expired'),
  expire: { what: 'expire' },
  cancel: { what: 'cancel' },
  reroute: { what: 'reroute', ownerIsOnline: true },
  rerouteOff: { what: 'reroute', ownerIsOnline: false },
  seen: { what: 'seen', isUnconfirmed: true },
  seenEarly: { what: 'seen', isUnconfirmed: false },
  copy: { what: 'copy', isUnconfirmed: true },
  copyEarly: { what: 'copy', isUnconfirmed: false },
}

/** The whole law: a row for each state, and in it what each happening does to it. */
const LAW: Readonly<Record<SlipState, Readonly<Record<string, string>>>> = {
  accepted: waiting('SLIP_WAITS', { offer: 'offered', reroute: 'accepted' }),
  offered: waiting('SLIP_OFFERED', {}),
  'not-started': waiting('SLIP_WAITS', {}),
  taken: held({ started: 'printing' }),
  printing: held({}),
  printed: ended_({}),
  processed: ended_({}),
  'accepted-by-printer': ended_({}),
  'handed-over': ended_({}),
  partial: ended_({ seen: 'partial', seenEarly: 'partial', copy: 'partial', copyEarly: 'partial' }),
  uncertain: ended_({
    ...{ printed: 'printed' },
    ...{ seen: 'uncertain', seenEarly: 'uncertain', copy: 'uncertain', copyEarly: 'uncertain' },
  }),
  expired: closed(),
  cancelled: closed(),
}

function waiting(code: string, more: Readonly<Record<string, string>>) {
  return {
    ...{ offer: '=', take: 'taken', takeOther: 'taken', started: '=' },
    ...{ printed: '=', notStarted: '=', expiredThere: '=' },
    ...{ fact: 'printed', factOther: 'printed', factDiffers: 'uncertain', factExpired: 'expired' },
    ...{ expire: 'expired', cancel: 'cancelled' },
    ...{
      reroute: code,
      rerouteOff: code,
      seen: code,
      seenEarly: code,
      copy: code,
      copyEarly: code,
    },
    ...(more.reroute === undefined ? {} : { rerouteOff: 'OWNER_OFFLINE' }),
    ...more,
  }
}

function held(more: Readonly<Record<string, string>>) {
  const refused = 'SLIP_TAKEN'
  return {
    ...{ offer: '=', take: '=', takeOther: refused, started: '=' },
    ...{ printed: 'printed', notStarted: 'not-started', expiredThere: 'expired' },
    ...{ fact: 'printed', factOther: '=', factDiffers: 'uncertain', factExpired: 'expired' },
    ...{ expire: '=', cancel: refused, reroute: refused, rerouteOff: refused },
    ...{ seen: 'uncertain', seenEarly: refused, copy: 'uncertain', copyEarly: refused },
    ...more,
  }
}

function ended_(more: Readonly<Record<string, string>>) {
  const refused = 'SLIP_ENDED'
  return {
    ...{ offer: '=', take: refused, takeOther: refused, started: '=' },
    ...{ printed: '=', notStarted: '=', expiredThere: '=' },
    ...{ fact: '=', factOther: '=', factDiffers: '=', factExpired: '=' },
    ...{ expire: '=', cancel: refused, reroute: refused, rerouteOff: refused },
    // A customer may want a second one of a slip that is on paper, which leaves the slip as it is.
    ...{ seen: refused, seenEarly: refused, copy: '=', copyEarly: '=' },
    ...more,
  }
}

function closed() {
  const refused = 'SLIP_CLOSED'
  return {
    ...ended_({}),
    ...{ take: refused, takeOther: refused, cancel: refused, reroute: refused },
    ...{
      rerouteOff: refused,
      seen: refused,
      seenEarly: refused,
      copy: refused,
      copyEarly: refused,
    },
    ...{ fact: 'printed', factOther: 'printed', factDiffers: 'uncertain' },
  }
}

describe('the law of slips', () => {
  test('has a row for each state and a column for each happening', () => {
    expect(Object.keys(LAW).sort()).toEqual([...SLIP_STATES].sort())
    for (const row of Object.values(LAW)) {
      expect(Object.keys(row).sort()).toEqual(Object.keys(HAPPENINGS).sort())
    }
  })

  test.each(SLIP_STATES)('%s', (state) => {
    const row = Object.entries(HAPPENINGS).map(([name, what]) => [
      name,
      told(moveSlip(slipIn(state), what)),
    ])
    expect(Object.fromEntries(row)).toEqual(LAW[state])
  })

  test('an agent that holds a slip may report each outcome, and the slip becomes it', () => {
    for (const state of HELD_STATES) {
      for (const outcome of OUTCOMES) {
        expect(told(moveSlip(slipIn(state), ended(outcome)))).toBe(outcome)
      }
    }
  })

  test('only a take raises the epoch, and it names the agent', () => {
    for (const state of SLIP_STATES) {
      for (const happening of Object.values(HAPPENINGS)) {
        const verdict = moveSlip(slipIn(state), happening)
        if (verdict.verdict !== 'moved') continue
        const isTake = happening.what === 'take'
        expect(verdict.slip.epoch).toBe(isTake ? 3 : 2)
        if (isTake) expect(verdict.slip.agent).toBe(happening.agent)
      }
    }
  })

  test('a report of another epoch or agent is evidence and moves nothing', () => {
    const reports = OUTCOMES.flatMap((outcome) => [
      { what: 'ended', agent: OWN, epoch: 1, outcome } as const,
      { what: 'ended', agent: OWN, epoch: 3, outcome } as const,
      { what: 'ended', agent: OTHER, epoch: 2, outcome } as const,
    ])
    const others: Happening[] = [
      ...reports,
      { what: 'started', agent: OWN, epoch: 1 },
      { what: 'started', agent: OTHER, epoch: 2 },
    ]
    for (const state of SLIP_STATES) {
      for (const one of others) expect(moveSlip(slipIn(state), one)).toEqual({ verdict: 'kept' })
    }
  })

  test('nothing that a timer does leads from a held slip to one that may be taken', () => {
    const timers: Happening[] = [{ what: 'offer' }, { what: 'expire' }]
    for (const state of HELD_STATES) {
      for (const one of timers) expect(moveSlip(slipIn(state), one)).toEqual({ verdict: 'kept' })
    }
  })

  test('after a decision a late word counts, but frees no slip for a second paper', () => {
    const late = (decision: Decision, happening: Happening) =>
      told(moveSlip(slipIn('uncertain', decision), happening))
    expect(late('copied', ended('not-started'))).toBe('cancelled')
    expect(late('copied', ended('expired'))).toBe('cancelled')
    expect(late('seen', ended('not-started'))).toBe('=')
    expect(late('seen', ended('printed'))).toBe('printed')
    expect(late('copied', ended('printed'))).toBe('printed')
  })
})

test('a held slip is unconfirmed once its agent has been silent for long enough', () => {
  const at = { nowMs: 100_000, afterMs: 30_000 }
  const slip = { state: 'taken', takenAtMs: 50_000 } as const
  expect(isUnconfirmed(slip, 0, at)).toBe(true)
  expect(isUnconfirmed(slip, 70_001, at)).toBe(false)
  expect(isUnconfirmed({ ...slip, takenAtMs: 70_001 }, 0, at)).toBe(false)
  expect(isUnconfirmed({ ...slip, state: 'offered' }, 0, at)).toBe(false)
  expect(isUnconfirmed({ ...slip, state: 'printed' }, 0, at)).toBe(false)
})
