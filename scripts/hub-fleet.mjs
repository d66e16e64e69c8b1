/**
 * A chain of stores in a storm, with paper as the judge: `npm run hub:fleet -- --seconds 120 --seed 1`.
 *
 * 2,000 virtual printers, of which 50 poll, 20 real agents in separate processes, two hubs, a broker and PostgreSQL; bad lines between them,
 * and every part is killed with -9 at random. In the end the paper is compared with what the hub claims of every slip. It ends with one line of
 * figures, and with exit code 0 only if all claims are true.
 *
 * `--calm` lets nothing fail, and all slips must then be printed. `--mutant NAME` breaks hub or agent in a known way, and the run must fail;
 * `--mutants` tries all of them in small fleets. `--patience` is how many seconds slips may need to end once nothing fails. The exit code is 1
 * if the judge says no, and 2 if the fleet could not be run.
 */

import { spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chanceOf } from './fleet/chance.mjs'
import { markCommand } from './fleet/dot-marks.mjs'
import { Killer } from './fleet/killer.mjs'
import { MUTANTS } from './fleet/mutants.mjs'
import { judgeFleet, percent } from './fleet/oracle.mjs'
import { decideSome } from './fleet/people.mjs'
import { Tills } from './fleet/tills.mjs'
import { World } from './fleet/world.mjs'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    printers: { type: 'string', default: '2000' },
    polling: { type: 'string' },
    agents: { type: 'string', default: '20' },
    rate: { type: 'string', default: '20' },
    calm: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    patience: { type: 'string' },
  },
})
const [seconds, seed, printers, agents, rate] = [
  'seconds',
  'seed',
  'printers',
  'agents',
  'rate',
].map((name) => Number(values[name]))
if (values.mutants) process.exit(tryMutants())
const mutant = values.mutant === undefined ? undefined : MUTANTS[values.mutant]
if (values.mutant !== undefined && mutant === undefined) {
  throw new Error(`no mutant ${values.mutant}; there are ${Object.keys(MUTANTS).join(', ')}`)
}

const isCalm = values.calm || mutant?.isCalm === true

/** Interval at which an agent asks without being woken. With many printers it is longer, because the hub has two cores here. */
const pollMs = Math.max(3000, printers * 20)
const SETTLE_MS = Number(values.patience ?? (pollMs * 1.5) / 1000 + 40) * 1000

/** The share of printers that poll. */
const POLLING = 1 / 40
const polling = Number(values.polling ?? Math.ceil(printers * POLLING))
const keyStart = `f${seed}-`
const MOVING = new Set(['accepted', 'offered', 'not-started', 'taken', 'printing'])

const chance = chanceOf(seed)
const world = new World({
  ...{ printers, polling, agents, mutant, isCalm, pollMs, keyStart },
  chance: chanceOf(seed + 1),
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void world.close().finally(() => process.exit(2)))
}
let exitCode = 2
try {
  const begun = Date.now()
  await world.start()
  process.stderr.write(`started in ${((Date.now() - begun) / 1000).toFixed(0)} s\n`)
  exitCode = await storm()
} catch (error) {
  process.stderr.write(`${error.stack}\n`)
} finally {
  await world.close()
}
process.exit(exitCode)

/** Runs small fleets, one after the other. The first has no mutant and must pass, because otherwise the failures of the others prove nothing. */
function tryMutants() {
  const small = ['--seconds', '20', '--printers', '60', '--polling', '20', '--agents', '4']
  let wrong = 0
  for (const name of [undefined, ...Object.keys(MUTANTS)]) {
    const args = [...small, '--rate', '14', '--patience', '45']
    if (name !== undefined) args.push('--mutant', name)
    const { status, stderr } = spawnSync(process.execPath, [process.argv[1], ...args], {
      ...{ encoding: 'utf8', timeout: 300_000 },
    })
    const isRight = status === (name === undefined ? 0 : 1)
    if (!isRight) wrong++
    const [first = ''] = stderr
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('started'))
    const verdict = name === undefined ? 'passes' : 'seen'
    process.stdout.write(
      `${isRight ? verdict : `WRONG (${status})`}  ${name ?? 'no mutant'}: ${first}\n`,
    )
  }
  return wrong === 0 ? 0 : 1
}

async function storm() {
  const tills = new Tills({
    proxyPort: world.tillProxy.port,
    apiKey: world.apiKey,
    printers: world.printers,
    doorOf: (printer) => world.doorOf(printer),
    bytesOf: payloadOf,
    chance: chanceOf(seed + 2),
    keyStart,
    withFaults: !isCalm,
  })
  const untilMs = Date.now() + seconds * 1000
  const killer = new Killer(world, chance, rate)
  let decided = 0
  if (!isCalm) {
    world.begin()
    killer.run(untilMs)
  }
  const selling = tills.run(rate, untilMs)
  while (!isCalm && Date.now() < untilMs) {
    await wait(3000)
    decided += await decideSome({ ask: (...asked) => world.ask(...asked), chance })
  }
  await selling
  await killer.ended()
  await world.calm()
  await tills.settled()
  await settled()
  // All slips that are still in doubt are decided, so that marked copies come out as well.
  for (let more = isCalm ? 0 : 1; more > 0; ) {
    more = await decideSome({ ask: (...asked) => world.ask(...asked), chance })
    decided += more
  }
  await settled()
  await tellStuck()
  // Agents and printers stop, because paper that came out after this would be newer than the hub's slips that are read next.
  await world.stopAgents()
  await world.restPrinters()
  const slips = readSlips()
  const idByFarm = new Map(world.printers.map(({ id, farm }) => [farm, id]))
  const verdict = judgeFleet({
    slips,
    papers: world.papers,
    acks: tills.acks,
    lanFrom: tills.lanFrom,
    faults: world.faults,
    isCalm,
    idOf: (index) => idByFarm.get(index),
  })
  const violations = [...world.troubles, ...tills.wrong, ...verdict.violations]
  for (const text of violations.slice(0, 20)) process.stderr.write(`${text}\n`)
  for (const key of keysIn(violations).slice(0, 3)) tellHistory(key, slips)
  if (violations.length > 20) process.stderr.write(`… and ${violations.length - 20} more\n`)
  say({ verdict, tills, killer, decided, violations })
  return violations.length === 0 ? 0 : 1
}

/** Prints what the agents know of slips that have not ended although nothing fails any more. */
async function tellStuck() {
  const stuck = readSlips().filter(({ state }) => MOVING.has(state))
  for (const { key, state, printer } of stuck.slice(0, 8)) {
    const { agent } = world.printers.find(({ id }) => id === printer) ?? {}
    const { url, key: lanKey } = world.doorOf({ agent }) ?? {}
    const said =
      url &&
      (await fetch(`${url}/v1/slips?key=${key}`, {
        headers: { authorization: `Bearer ${lanKey}` },
        signal: AbortSignal.timeout(3000),
      })
        .then((answer) => answer.text())
        .catch(String))
    const unreported = agent?.child.state?.unreported
    process.stderr.write(
      `${key} is ${state}; agent ${agent?.id} ${agent?.child.isUp ? 'runs' : 'is down'}, ${unreported} unreported: ${said}\n`,
    )
  }
}

/** Waits until no slip waits and all reports have been sent, or until the patience has ended. */
async function settled() {
  const until = Date.now() + SETTLE_MS
  for (;;) {
    const slips = readSlips()
    const isMoving = slips.some(({ state }) => MOVING.has(state))
    const unreported = world.agents.some(({ child }) => child.state?.unreported !== 0)
    if ((!isMoving && !unreported) || Date.now() > until) return
    await wait(1000)
  }
}

function readSlips() {
  const text = world.postgres.sql(`select coalesce(json_agg(row_to_json(x)), '[]') from (
    select s.id, s.key, s.copy_index, s.state, s.marked, s.wanted_by, s.reason, s.printer, s.taken_at, s.ended_at,
      coalesce((select json_agg(distinct e.agent) from xiaopiao_hub.event e where e.slip = s.id), '[]') as agents, s.agent
    from xiaopiao_hub.slip s) x`)
  const timeOf = (value) => (value === null ? null : new Date(value))
  return JSON.parse(text).map((row) => ({
    ...row,
    agents: [...row.agents, row.agent],
    taken_at: timeOf(row.taken_at),
    ended_at: timeOf(row.ended_at),
  }))
}

function keysIn(violations) {
  return [...new Set(violations.map((text) => /^f[\w-]+/.exec(text)?.[0]).filter(Boolean))]
}

/** Prints all that is known of a slip, for the person who has to find the cause. */
function tellHistory(key, slips) {
  const own = slips.filter((slip) => slip.key === key)
  const timeOf = (ms) => new Date(ms).toISOString().slice(11, 23)
  const lines = own.map((slip) => JSON.stringify(slip))
  const ids = own.map(({ id }) => `'${id}'`).join(', ')
  if (ids !== '') {
    lines.push(
      world.postgres.sql(`select to_char(at_hub at time zone 'utc', 'HH24:MI:SS.MS'), agent, seq, what, moved, detail
        from xiaopiao_hub.event where slip in (${ids}) order by at_hub, seq`),
    )
  }
  for (const { printer, at, marks } of world.papers) {
    if (marks.some(([, name]) => name === key))
      lines.push(`${timeOf(at)} paper of ${printer}: ${marks.join(' ')}`)
  }
  const agents = own.flatMap((slip) => slip.agents)
  const printers = own.map(({ printer }) => printer)
  for (const { id, what, kind, from, to } of world.faults) {
    if (agents.includes(id) || printers.includes(id))
      lines.push(`${timeOf(from)}–${timeOf(to)} ${what} ${kind}`)
  }
  process.stderr.write(`\nhistory of ${key}\n${lines.join('\n')}\n\n`)
}

/** Makes the bytes of a slip: marks for the judge, and a few lines of an ordinary slip. */
function payloadOf(key, { polls }) {
  const { compile, generic80 } = world.tools
  if (polls) return dotsOf(key)
  const nodes = [
    { kind: 'text', text: `[${key}` },
    { kind: 'field', label: '牛肉面', value: '¥28.00' },
    { kind: 'field', label: '合计', value: '¥28.00' },
    { kind: 'text', text: `${key}]` },
    { kind: 'cut' },
  ]
  const job = compile({ nodes }, { profile: { ...generic80, answersStatus: true } })
  const heading = job.reprintHeading?.()
  return {
    bytes: Buffer.from(job.bytes).toString('base64'),
    ...(job.segments === undefined ? {} : { segments: job.segments }),
    ...(heading === undefined ? {} : { heading: Buffer.from(heading).toString('base64') }),
  }
}

/** Makes the bytes for a printer that polls. It gets a picture, so that the marks are dots instead of letters. */
function dotsOf(key) {
  const { compile, encodeCommand, generic80 } = world.tools
  const number = Number(key.slice(keyStart.length))
  const bytesOf = (...nodes) => compile({ nodes }, { profile: generic80 }).bytes
  const bytes = Buffer.concat([
    encodeCommand(markCommand('start', number)),
    bytesOf({ kind: 'text', text: key }, { kind: 'field', label: '合计', value: '¥28.00' }),
    encodeCommand(markCommand('end', number)),
    bytesOf({ kind: 'cut' }),
  ])
  const heading = Buffer.from(encodeCommand(markCommand('again')))
  return { bytes: bytes.toString('base64'), heading: heading.toString('base64') }
}

function say({ verdict, tills, killer, decided, violations }) {
  const { states, slips, wanted, printedRate } = verdict.figures
  const list = (counts) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  const shares = Object.entries(states).map(
    ([state, count]) => `${state} ${percent(count / slips)}`,
  )
  process.stdout.write(
    `fleet ${values.calm ? 'calm' : 'storm'} seed ${seed}: ${seconds} s, ${printers} printers (${polling} poll), ${agents} agents; ${slips} slips, ` +
      `${percent(printedRate)} of ${wanted} wanted are printed (${shares.join(', ')}); ${world.papers.length} papers, ` +
      `${tills.counts.lan} by LAN, ${tills.counts.lost} answers lost on purpose, ${decided} decisions; ` +
      `killed ${list(killer.counts)}; line ${list(world.counts)}; ${violations.length} violations\n`,
  )
}
