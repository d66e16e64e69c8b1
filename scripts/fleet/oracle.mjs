/**
 * The judge of a fleet: what the hub claims of every slip, against the paper that came out. It knows nothing of how hub and agents work.
 *
 * | the hub says | paper |
 * |---|---|
 * | printed, processed | exactly one, whole |
 * | accepted-by-printer, handed-over | at most one |
 * | not-started, expired, cancelled, or still waiting | none |
 * | uncertain, or held by an agent that is silent | at most one |
 * | partial | at most one, torn |
 *
 * At each printer, papers come out in the order in which their slips were taken.
 */

const SURE = new Set(['printed', 'processed'])
const NONE = new Set(['accepted', 'offered', 'not-started', 'expired', 'cancelled'])
const HELD = new Set(['taken', 'printing'])
const DOUBTFUL = new Set(['partial', 'uncertain'])
/** A fault is in a slip's history if it struck its printer or agent from so long before its agent had it until it had ended. */
const NEAR_MS = 6000

/**
 * @param slips rows of the ledger
 * @param papers lists of marks, each with its printer, in the order in which they came out
 * @param acks by key: who took it, `hub` or `lan`, and what the POS wanted of it: `print`, `expire`, `cancel`, or `cancelled` if the hub has said so
 * @param lanFrom by key: when a till handed it to the agent of its store first; an agent has a slip from then on, or from when it was taken
 * @param faults that struck printers and agents
 * @param idOf gives the id of a printer by its index, to see that each paper came out where it should; left out: not looked at
 * @returns `violations`, a list of sentences, and `figures`
 */
export function judgeFleet({
  slips,
  papers,
  acks,
  lanFrom = new Map(),
  faults,
  isCalm,
  share = 0.95,
  idOf,
}) {
  const violations = []
  const say = (text) => violations.push(text)
  const paperOf = readPapers(papers, say)
  const byKey = groupBy(slips, ({ key }) => key)
  for (const [key, ack] of acks) {
    if (!byKey.has(key)) say(`${key} was taken by the ${ack.by} and is lost`)
  }
  for (const key of paperOf.keys())
    if (!byKey.has(key)) say(`${key} is on paper and not in the hub`)
  for (const [key, own] of byKey) {
    const paper = paperOf.get(key) ?? { plain: 0, whole: 0, marked: 0, markedWhole: 0 }
    judgeKey(key, { own, paper, say })
  }
  for (const [key, { want }] of acks) {
    const count = want === 'cancelled' ? (paperOf.get(key)?.plain ?? 0) : 0
    if (count > 0) say(`${key} was cancelled for sure, and is on ${count} papers`)
  }
  judgeOrder({ slips, papers, say })
  if (idOf !== undefined) judgePlaces({ slips, papers, idOf, say })
  const plain = slips.filter(({ marked }) => !marked)
  const wanted = plain.filter(({ key, state }) => isWanted(acks.get(key), state))
  const printed = wanted.filter(({ state }) => SURE.has(state)).length
  const rate = wanted.length === 0 ? 0 : printed / wanted.length
  if (wanted.length === 0) say('no slip was wanted on paper')
  if (isCalm && printed < wanted.length)
    say(`without faults ${wanted.length - printed} slips are not printed`)
  if (!isCalm && rate < share)
    say(`only ${percent(rate)} are printed, of ${percent(share)} at least`)
  for (const slip of slips) {
    if (
      (DOUBTFUL.has(slip.state) || HELD.has(slip.state)) &&
      !hasFault(slip, { faults, lanFrom })
    ) {
      say(`${slip.key} is ${slip.state} (${slip.reason}) without a fault in its history`)
    }
  }
  for (const { key, state } of slips)
    if (isWaiting(state)) say(`${key} is ${state}, and still waits`)
  return { violations, figures: { ...shares(plain), wanted: wanted.length, printedRate: rate } }
}

function judgeKey(key, { own, paper, say }) {
  const slips = own.filter(({ marked }) => !marked)
  const copies = own.filter(({ marked }) => marked)
  if (paper.plain > 1) say(`${key} is on ${paper.plain} papers without a mark`)
  for (const { state } of slips) {
    if (SURE.has(state) && (paper.plain !== 1 || paper.whole !== 1)) {
      say(`${key} is ${state}, and on ${paper.plain} papers, ${paper.whole} of them whole`)
    }
    if (NONE.has(state) && paper.plain > 0) say(`${key} is ${state}, and on ${paper.plain} papers`)
    if (state === 'partial' && paper.whole > 0) say(`${key} is partial, and its paper is whole`)
  }
  for (const { wanted_by: by } of copies)
    if (!by) say(`${key} has a marked copy that nobody wanted`)
  const possible = copies.filter(({ state }) => !NONE.has(state)).length
  if (paper.marked > possible)
    say(`${key} has ${paper.marked} marked papers for ${possible} copies`)
  const sure = copies.filter(({ state }) => SURE.has(state)).length
  if (paper.markedWhole < sure)
    say(`${key} has ${paper.markedWhole} whole marked papers for ${sure} printed copies`)
}

/** What came out before it was taken has come by the LAN, and has no place in the order. */
function judgeOrder({ slips, papers, say }) {
  const byKey = new Map(slips.filter(({ marked }) => !marked).map((slip) => [slip.key, slip]))
  const last = new Map()
  for (const { printer, at, marks } of papers) {
    for (const [i, [what, key]] of marks.entries()) {
      const takenAt = byKey.get(key)?.taken_at?.getTime()
      const isOwn = what === 'start' && marks[i - 1]?.[0] !== 'again'
      if (!isOwn || takenAt === undefined || at < takenAt) continue
      const before = last.get(printer)
      if (before !== undefined && before.takenAt > takenAt)
        say(`${key} came out after ${before.key}, and was taken before it`)
      last.set(printer, { key, takenAt })
    }
  }
}

function judgePlaces({ slips, papers, idOf, say }) {
  const places = groupBy(slips, ({ key }) => key)
  for (const { printer, marks } of papers) {
    const id = idOf(printer)
    for (const [what, key] of marks) {
      if (what === 'start' && places.get(key)?.every((slip) => slip.printer !== id))
        say(`${key} came out at another printer than its own`)
    }
  }
}

/** Papers of each key: `plain` and `marked` count beginnings, the others ends that follow theirs. */
function readPapers(papers, say) {
  const found = new Map()
  /** The slip whose end has not come out yet, by printer: it goes on after an empty roll. */
  const open = new Map()
  const isMarked = new Map()
  for (const { printer, marks } of papers) {
    for (const [what, key] of marks) {
      if (what === 'again') {
        isMarked.set(printer, true)
        continue
      }
      const own = found.get(key) ?? { plain: 0, whole: 0, marked: 0, markedWhole: 0 }
      found.set(key, own)
      if (what === 'start') {
        const marked = isMarked.get(printer) === true
        isMarked.delete(printer)
        own[marked ? 'marked' : 'plain']++
        open.set(printer, { key, marked })
        continue
      }
      const begun = open.get(printer)
      open.delete(printer)
      if (begun?.key !== key) say(`the end of ${key} came out without its beginning`)
      else own[begun.marked ? 'markedWhole' : 'whole']++
    }
  }
  return found
}

/** A slip that the POS has cancelled, or that was meant to expire, need not print. */
function isWanted(ack, state) {
  if (ack === undefined) return false
  return ack.want === 'print' || !NONE.has(state)
}

function isWaiting(state) {
  return state === 'accepted' || state === 'offered' || state === 'not-started'
}

function hasFault({ key, marked, printer, agents, taken_at: from, ended_at: to }, given) {
  const { faults, lanFrom } = given
  const times = [from?.getTime(), marked ? undefined : lanFrom.get(key)]
  const known = times.filter((ms) => ms !== undefined)
  const begin = known.length === 0 ? 0 : Math.min(...known)
  const end = to?.getTime() ?? Number.POSITIVE_INFINITY
  return faults.some(
    (fault) =>
      fault.from <= end + NEAR_MS &&
      fault.to >= begin - NEAR_MS &&
      (fault.what === 'printer' ? fault.id === printer : agents.includes(fault.id)),
  )
}

function shares(slips) {
  const states = groupBy(slips, ({ state }) => state)
  return {
    slips: slips.length,
    states: Object.fromEntries([...states].map(([state, own]) => [state, own.length])),
  }
}

function groupBy(list, nameOf) {
  const groups = new Map()
  for (const one of list) {
    const name = nameOf(one)
    const own = groups.get(name)
    if (own === undefined) groups.set(name, [one])
    else own.push(one)
  }
  return groups
}

export function percent(part) {
  return `${(part * 100).toFixed(1)} %`
}
