/**
 * Gathers work of one kind while earlier work of the same tenant is under way, and then carries it out in one transaction, because a commit waits for
 * the disk, and a commit of ten slips waits no longer than a commit of one.
 */

import { isWorthAlone } from './outage.js'

/** Pieces of work in one transaction, so that none locks its rows for long. */
const MOST_TOGETHER = 64
/** Concurrent transactions of a tenant: while one waits for the disk, another one is prepared. */
const LANES = 4

/** How one piece of work ended. An error does not affect the other pieces. */
export type Settled<Out> = { readonly value: Out } | { readonly error: unknown }

export interface GatherRules<In, Out> {
  /** Carries out all pieces in one transaction, and returns how each of them ended. If it throws, none of them has been carried out. */
  readonly work: (tenant: string, all: readonly In[]) => Promise<readonly Settled<Out>[]>
  /** Returns the name of a piece. Two pieces with the same name are carried out one after the other. */
  readonly nameOf: (one: In) => string
}

interface Waiting<In, Out> {
  readonly one: In
  readonly resolve: (value: Out) => void
  readonly reject: (error: unknown) => void
}

/** The work of one tenant. A line without work is deleted. */
interface Line<In, Out> {
  waiting: Waiting<In, Out>[]
  /** Names of the work that is under way. */
  readonly busy: Set<string>
  lanes: number
}

/** Makes a function that does a piece of work of a tenant, together with other pieces of the same moment. */
export function gathered<In, Out>(
  rules: GatherRules<In, Out>,
): (tenant: string, one: In) => Promise<Out> {
  const lines = new Map<string, Line<In, Out>>()
  const run = async (tenant: string, line: Line<In, Out>): Promise<void> => {
    line.lanes++
    for (;;) {
      const together = takeApart(line, rules.nameOf)
      // Any work that is left has the name of work under way, and the lane of that work comes back for it.
      if (together.length === 0) break
      const names = together.map(({ one }) => rules.nameOf(one))
      for (const name of names) line.busy.add(name)
      await carryOut(rules, tenant, together)
      for (const name of names) line.busy.delete(name)
    }
    line.lanes--
    if (line.lanes === 0) lines.delete(tenant)
  }
  return (tenant, one) =>
    new Promise((resolve, reject) => {
      const line = lines.get(tenant) ?? { waiting: [], busy: new Set(), lanes: 0 }
      lines.set(tenant, line)
      line.waiting.push({ one, resolve, reject })
      if (line.lanes < LANES) void run(tenant, line)
    })
}

/** Takes the oldest pieces that may be carried out together out of the line. The others stay in it. */
function takeApart<In, Out>(
  line: Line<In, Out>,
  nameOf: GatherRules<In, Out>['nameOf'],
): Waiting<In, Out>[] {
  const together: Waiting<In, Out>[] = []
  const left: Waiting<In, Out>[] = []
  const names = new Set(line.busy)
  for (const waiting of line.waiting) {
    const name = nameOf(waiting.one)
    if (together.length < MOST_TOGETHER && !names.has(name)) together.push(waiting)
    else left.push(waiting)
    names.add(name)
  }
  line.waiting = left
  return together
}

async function carryOut<In, Out>(
  rules: GatherRules<In, Out>,
  tenant: string,
  together: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const settled = await rules.work(
      tenant,
      together.map(({ one }) => one),
    )
    for (const [i, { resolve, reject }] of together.entries()) {
      const end = settled[i]
      if (end !== undefined && 'value' in end) resolve(end.value)
      else reject(end?.error)
    }
  } catch (error) {
    // Each piece gets a try of its own, unless the database is away, because then all of them would fail.
    if (together.length > 1 && isWorthAlone(error)) {
      await Promise.all(together.map((one) => carryOut(rules, tenant, [one])))
    } else for (const { reject } of together) reject(error)
  }
}
