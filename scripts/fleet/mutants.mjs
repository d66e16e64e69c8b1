/**
 * Ways to break hub and agent of which the paper must tell: `npm run hub:fleet -- --mutant NAME` has to fail, and `--mutants` tries all of them.
 * `calm` mutants are seen without any fault.
 */

export const MUTANTS = {
  'all-uncertain': {
    part: 'hub',
    file: 'hub-api/states.ts',
    from: 'if (isHeld(slip.state)) return to(slip, { state: outcome })',
    to: "if (isHeld(slip.state)) return to(slip, { state: 'uncertain' })",
    isCalm: true,
  },
  'facts-forgotten': {
    part: 'hub',
    file: 'hub/ledger/report.ts',
    from: 'const { row, ...done } = await recordFact(context, trx, { tenant, agent }, event)',
    to: 'const { row, ...done } = { row: undefined, slip: null, moved: false }',
  },
  'cancelled-is-taken': {
    part: 'hub',
    file: 'hub/ledger/take.ts',
    from: "s.state in ('accepted', 'offered', 'not-started')",
    to: "s.state in ('accepted', 'offered', 'not-started', 'cancelled')",
  },
  'copies-unmarked': {
    part: 'hub',
    file: 'hub/ledger/copy-slip.ts',
    from: '::uuid, true, ',
    to: '::uuid, false, ',
  },
  'key-not-looked-up': {
    part: 'agent',
    file: 'agent/slip-desk.ts',
    from: 'const jobId = jobIdOf(taken.key, taken.copyIndex)',
    to: "const jobId = jobIdOf('hub-' + taken.slip, taken.copyIndex)",
  },
  'doubt-is-printed': {
    part: 'agent',
    file: 'agent/note.ts',
    from: "return { outcome: 'uncertain', ...because }\n    case 'failed'",
    to: "return { outcome: 'printed', ...because }\n    case 'failed'",
  },
  'interrupted-is-printed-again': {
    part: 'agent',
    file: 'printer/job-log.ts',
    from: "{ type: 'uncertain', jobId, reason: 'interrupted', printed, sent }",
    to: "{ type: 'failed', jobId, reason: 'interrupted', printed: 0, sent: 0 }",
  },
  'lost-answer-strands-its-slip': {
    part: 'hub',
    file: 'hub/ledger/take.ts',
    from: 'from held where agent',
    to: 'from held where false and agent',
  },
  'unconfirmed-poll-is-offered-again': {
    part: 'hub',
    file: 'cloudprnt/rules.ts',
    from: "end: { outcome: 'uncertain', reason }, mayOffer",
    to: "end: { outcome: 'not-started', reason }, mayOffer",
  },
}
