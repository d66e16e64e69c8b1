/**
 * The states of a slip, and the rules by which it moves from one to the next: pure functions, because the hub's database, an agent and the
 * tests must judge alike.
 *
 * ```
 * accepted → offered → taken(epoch) → printing → printed | processed | accepted-by-printer | handed-over
 *                                              → not-started | partial | uncertain | expired
 * before taken: expired | cancelled
 * ```
 *
 * The law behind the table is that paper cannot be taken back. So no timer gives a slip out a second time once an agent has it: only an agent
 * whose journal proves that nothing was sent sets it free, by `not-started`. A late report still counts; one of another
 * epoch or agent is kept as evidence and moves nothing.
 */

/** Endings that an agent may report of a slip that it took. */
export const OUTCOMES = [
  'printed',
  'processed',
  'accepted-by-printer',
  'handed-over',
  'not-started',
  'partial',
  'uncertain',
  'expired',
] as const
export type Outcome = (typeof OUTCOMES)[number]

export const SLIP_STATES = [
  'accepted',
  'offered',
  'taken',
  'printing',
  ...OUTCOMES,
  'cancelled',
] as const
export type SlipState = (typeof SLIP_STATES)[number]

/** States in which an agent may take the slip: either no agent had it, or the one that had it proved that nothing was sent. */
export const WAITING_STATES = ['accepted', 'offered', 'not-started'] as const
/** States in which an agent has the slip, so that it occupies its printer. */
export const HELD_STATES = ['taken', 'printing'] as const
/** States in which it is not known what came out on paper, so that a person decides. */
export const DOUBTFUL_STATES = ['partial', 'uncertain'] as const
const CLOSED_STATES = ['expired', 'cancelled'] as const

/** The decision of a person, or of the tenant's policy, about a doubtful slip. */
export type Decision = 'seen' | 'copied'

/** The fields of a slip that the rules need. */
export interface SlipView {
  readonly state: SlipState
  /** How often it was taken; each report names the epoch that it is about. */
  readonly epoch: number
  /** The agent that took it last. */
  readonly agent?: string | undefined
  readonly decision?: Decision | undefined
}

export type Happening =
  /** The agent of the slip's printer is told of the slip. */
  | { readonly what: 'offer' }
  | { readonly what: 'take'; readonly agent: string }
  | { readonly what: 'started'; readonly agent: string; readonly epoch: number }
  | {
      readonly what: 'ended'
      readonly agent: string
      readonly epoch: number
      readonly outcome: Outcome
    }
  /** An agent has printed the slip's key without the hub: `isSame` says whether it was the same content. */
  | {
      readonly what: 'fact'
      readonly agent: string
      readonly outcome: Outcome
      readonly isSame: boolean
    }
  | { readonly what: 'expire' }
  | { readonly what: 'cancel' }
  | { readonly what: 'reroute'; readonly ownerIsOnline: boolean }
  /** A person has found the slip on paper. `isUnconfirmed` is true if the agent that holds the slip is silent. */
  | { readonly what: 'seen'; readonly isUnconfirmed: boolean }
  /** A marked copy is wanted by a person or by the tenant's policy. */
  | { readonly what: 'copy'; readonly isUnconfirmed: boolean }

export type Refusal =
  | 'SLIP_WAITS'
  | 'SLIP_TAKEN'
  | 'SLIP_OFFERED'
  | 'SLIP_ENDED'
  | 'SLIP_CLOSED'
  | 'OWNER_OFFLINE'

export type Verdict =
  /** The slip becomes `slip`. */
  | { readonly verdict: 'moved'; readonly slip: SlipView }
  /** The slip stays as it is, because the happening is a repetition, or evidence that does not move it. */
  | { readonly verdict: 'kept' }
  | { readonly verdict: 'refused'; readonly code: Refusal }

const KEPT: Verdict = { verdict: 'kept' }

/**
 * Judges a happening: whether it moves the slip to another state, leaves it as it is, or is refused.
 *
 * @example moveSlip({ state: 'offered', epoch: 0 }, { what: 'take', agent: 'a' }) // moved: taken, epoch 1
 */
export function moveSlip(slip: SlipView, happening: Happening): Verdict {
  switch (happening.what) {
    case 'offer':
      return slip.state === 'accepted' ? to(slip, { state: 'offered' }) : KEPT
    case 'take':
      return take(slip, happening.agent)
    case 'started':
      return slip.state === 'taken' && isHolder(slip, happening)
        ? to(slip, { state: 'printing' })
        : KEPT
    case 'ended':
      return end(slip, happening)
    case 'fact':
      return close(slip, happening)
    case 'expire':
      return isWaiting(slip.state) ? to(slip, { state: 'expired' }) : KEPT
    case 'cancel':
      return isWaiting(slip.state) ? to(slip, { state: 'cancelled' }) : refuse(slip)
    case 'reroute':
      return reroute(slip, happening.ownerIsOnline)
    case 'seen':
      return decide(slip, 'seen', happening.isUnconfirmed)
    case 'copy':
      return isOnPaper(slip.state) ? KEPT : decide(slip, 'copied', happening.isUnconfirmed)
    default:
      return happening satisfies never
  }
}

/** Whether the agent that holds a slip is silent for so long that a person may decide. This is not a state, because the report may still come. */
export function isUnconfirmed(
  slip: { readonly state: SlipState; readonly takenAtMs: number },
  agentSeenAtMs: number,
  at: { readonly nowMs: number; readonly afterMs: number },
): boolean {
  if (!isHeld(slip.state)) return false
  return at.nowMs - Math.max(slip.takenAtMs, agentSeenAtMs) >= at.afterMs
}

export function isWaiting(state: SlipState): boolean {
  return WAITING_STATES.some((one) => one === state)
}

export function isHeld(state: SlipState): boolean {
  return HELD_STATES.some((one) => one === state)
}

export function isDoubtful(state: SlipState): boolean {
  return DOUBTFUL_STATES.some((one) => one === state)
}

/** Whether the slip has ended: it neither waits nor is held by an agent. */
export function isFinal(state: SlipState): boolean {
  return !isWaiting(state) && !isHeld(state)
}

function isClosed(state: SlipState): boolean {
  return CLOSED_STATES.some((one) => one === state)
}

function isOnPaper(state: SlipState): boolean {
  return isFinal(state) && !isDoubtful(state) && !isClosed(state)
}

/** Judges a `take`. It is repeatable, because its answer may be lost: the same agent gets the same slip and epoch again. */
function take(slip: SlipView, agent: string): Verdict {
  if (isWaiting(slip.state)) return to(slip, { state: 'taken', epoch: slip.epoch + 1, agent })
  return isHeld(slip.state) && slip.agent === agent ? KEPT : refuse(slip)
}

function end(slip: SlipView, report: Happening & { readonly what: 'ended' }): Verdict {
  if (!isHolder(slip, report)) return KEPT
  const { outcome } = report
  if (isHeld(slip.state)) return to(slip, { state: outcome })
  if (slip.state !== 'uncertain') return KEPT
  // The agent was silent, and a person has decided. The agent's report still counts, but it must not lead to a second paper.
  const isUnprinted = outcome === 'not-started' || outcome === 'expired'
  if (!isUnprinted) return to(slip, { state: outcome })
  return slip.decision === 'copied' ? to(slip, { state: 'cancelled' }) : KEPT
}

/** Paper that came out without the hub closes the slip of its key, so that it is not offered once more. */
function close(slip: SlipView, fact: Happening & { readonly what: 'fact' }): Verdict {
  const isOwn = isHeld(slip.state) && slip.agent === fact.agent
  if (!isWaiting(slip.state) && !isClosed(slip.state) && !isOwn) return KEPT
  // The hub knows already that a closed slip was not printed, so that `expired` adds nothing.
  if (isClosed(slip.state) && fact.outcome === 'expired') return KEPT
  return to(slip, { state: fact.isSame ? fact.outcome : 'uncertain', agent: fact.agent })
}

function reroute(slip: SlipView, ownerIsOnline: boolean): Verdict {
  if (slip.state !== 'accepted') return refuse(slip)
  // An owner that is offline may have got the same key from the POS in its store, and may be printing it.
  return ownerIsOnline ? { verdict: 'moved', slip } : { verdict: 'refused', code: 'OWNER_OFFLINE' }
}

function decide(slip: SlipView, decision: Decision, isSilent: boolean): Verdict {
  const isOpen = isDoubtful(slip.state) || (isHeld(slip.state) && isSilent)
  if (!isOpen) return refuse(slip)
  return to(slip, { state: isHeld(slip.state) ? 'uncertain' : slip.state, decision })
}

function isHolder(
  slip: SlipView,
  { agent, epoch }: { readonly agent: string; readonly epoch: number },
): boolean {
  return slip.agent === agent && slip.epoch === epoch
}

function to(slip: SlipView, change: Partial<SlipView>): Verdict {
  return { verdict: 'moved', slip: { ...slip, ...change } }
}

function refuse({ state }: SlipView): Verdict {
  return { verdict: 'refused', code: refusalOf(state) }
}

function refusalOf(state: SlipState): Refusal {
  if (state === 'offered') return 'SLIP_OFFERED'
  if (isWaiting(state)) return 'SLIP_WAITS'
  if (isHeld(state)) return 'SLIP_TAKEN'
  return isClosed(state) ? 'SLIP_CLOSED' : 'SLIP_ENDED'
}
