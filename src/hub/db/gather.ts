/**
 * Work of one kind that is gathered while earlier work of its tenant is under way, and then carried out together: a commit waits for the disk, and
 * one that carries ten slips waits no longer than one that carries one.
 */

import { isWorthAlone } from './outage.js'

/** In one transaction, so that nothing holds its rows for long. */
const MOST_TOGETHER = 64
/** Transactions of a tenant at a time: while one waits for the disk, another one is made ready. */
const LANES = 4

/** How one piece of work ended. The others are not touched by it. */
export type Settled<Out> = { readonly value: Out } | { readonly error: unknown }

export interface GatherRules<In, Out> {
  /** Carries all out in one transaction, and says of each how it ended. If it throws, nothing of it has happened. */
  readonly work: (tenant: string, all: readonly In[]) => Promise<readonly Settled<Out>[]>
  /** Two pieces of work of one name are carried out one after the other. */
  readonly nameOf: (one: In) => string
}

interface Waiting<In, Out> {
  readonly one: In
  readonly resolve: (value: Out) => void
  readonly reject: (error: unknown) => void
}

/** Work of a tenant; a tenant without any is forgotten. */
interface Line<In, Out> {
  waiting: Waiting<In, Out>[]
  /** Names of what is under way. */
  readonly busy: Set<string>
  lanes: number
}

/** A function that does a piece of work of a tenant, together with others of that moment. */
export function gathered<In, Out>(
  rules: GatherRules<In, Out>,
): (tenant: string, one: In) => Promise<Out> {
  const lines = new Map<string, Line<In, Out>>()
  const run = async (tenant: string, line: Line<In, Out>): Promise<void> => {
    line.lanes++
    for (;;) {
      const together = takeApart(line, rules.nameOf)
      // The rest, if there is any, waits for its name, and the lane that has the name comes back for it.
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

/** The oldest ones that may be carried out together; the others stay in the line. */
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
    // A database that is away is away for each of them.
    if (together.length > 1 && isWorthAlone(error)) {
      await Promise.all(together.map((one) => carryOut(rules, tenant, [one])))
    } else for (const { reject } of together) reject(error)
  }
}
