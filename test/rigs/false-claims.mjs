// False claims, made on purpose: each changes the session so that it says more than it knows, or does what it does not say. The rig has
// to turn red at each of them, because an oracle that cannot say no proves nothing.

/** name · file of src/printer · what is there, exactly once, and what the claim has instead (in pairs) */
export const FALSE_CLAIMS = [
  [
    'every error claims that all is printed',
    'attempt.ts',
    'const error = await this.#errorOf(cause)',
    `const error = await this.#errorOf(cause)
      return {
        grade: 'printed', jobId: undefined, bytesSent: plan.totalBytes, segments: plan.parts.length,
        printedThrough: plan.parts.length, copies: plan.copies, alreadyDone: false, reprinted: false,
        before: UNKNOWN_STATUS, after: UNKNOWN_STATUS, warnings: [],
      }`,
  ],
  [
    'every error claims that all is printed, and final',
    'attempt.ts',
    'reach: delivery.reach,',
    `reach: {
        segments: plan.parts.length, printed: plan.parts.length, sent: plan.parts.length,
        lines: { total: plan.totalLines, printed: plan.totalLines, sent: plan.totalLines },
        copy: plan.copies, copySent: plan.copies, path: undefined,
      },`,
    'final: isFinal(evidence),',
    'final: true,',
  ],
  ['every error is final', 'attempt.ts', 'final: isFinal(evidence),', 'final: true,'],
  [
    'final without a clear',
    'evidence.ts',
    "if (!cleared || answerer === 'other') return false",
    "if (answerer === 'other') return false",
  ],
  [
    'a clear that is not confirmed counts',
    'delivery.ts',
    'this.#cleared = await session.clearBuffers(this.#answerMs * 3)',
    'await session.clearBuffers(this.#answerMs * 3); this.#cleared = true',
  ],
  [
    'what is uncertain is partially printed',
    'evidence.ts',
    "return isPartMissing(evidence) ? 'partial' : 'uncertain'",
    "return 'partial'",
  ],
  [
    'what is uncertain is not started',
    'evidence.ts',
    "return isPartMissing(evidence) ? 'partial' : 'uncertain'",
    "return isPartMissing(evidence) ? 'partial' : 'not-started'",
  ],
  [
    'a job of which one segment was sent is not started',
    'evidence.ts',
    'evidence.begun === 0 ||',
    'evidence.begun <= 1 ||',
  ],
  [
    'partially printed, if all of it came out',
    'evidence.ts',
    "if (restart !== 'excluded' || isWhole || answerer === 'other') return false",
    'return begun === parts',
  ],
  [
    'accepted is raised',
    'evidence.ts',
    "if (!isProven) return 'accepted'",
    "if (!isProven) return 'processed'",
  ],
  [
    'processed is raised',
    'evidence.ts',
    "return isClean(status) ? 'processed' : 'accepted'",
    "return 'printed'",
  ],
  [
    'stray bytes do not matter',
    'evidence.ts',
    'return connections === 1 && strays === 0 ? provenHere : 0',
    'return connections === 1 ? provenHere : 0',
  ],
  [
    'the last question is not waited for',
    'evidence.ts',
    'const isProven = parts > 0 && provenOf(evidence) === parts &&',
    'const isProven = evidence.begun === parts &&',
  ],
  [
    'what was sent is confirmed, with process IDs',
    'delivery.ts',
    'printedIds: this.#printedIdsBefore + this.#sender.printedIds,',
    'printedIds: this.begun,',
  ],
  [
    'what was sent is confirmed, without process IDs',
    'delivery.ts',
    'provenHere: this.#sender.proven,',
    'provenHere: this.#sender.begun,',
  ],
  [
    'a process ID is not waited for',
    'sender.ts',
    "if (this.#options.proof !== 'none') await this.#until(() => this.#pending.length === 0)",
    '',
    "return this.#options.proof === 'ids' && !this.#refuted ? this.#answered : 0",
    'return this.#begun',
  ],
  [
    'reach.printed is one segment too high',
    'delivery.ts',
    'reachOf(this.#context.plan, this.confirmed, this.begun)',
    'reachOf(this.#context.plan, Math.min(this.confirmed + 1, this.begun), this.begun)',
  ],
  [
    'reach.printed is all that was sent',
    'delivery.ts',
    'reachOf(this.#context.plan, this.confirmed, this.begun)',
    'reachOf(this.#context.plan, this.begun, this.begun)',
  ],
  [
    'reach.printed is nothing',
    'delivery.ts',
    'reachOf(this.#context.plan, this.confirmed, this.begun)',
    'reachOf(this.#context.plan, 0, this.begun)',
  ],
  [
    'reach.sent is one segment too low',
    'delivery.ts',
    'reachOf(this.#context.plan, this.confirmed, this.begun)',
    'reachOf(this.#context.plan, this.confirmed, Math.max(this.confirmed, this.begun - 1))',
  ],
  [
    'reach.lines.printed is one too high',
    'plan.ts',
    'printed: linesPrinted,',
    'printed: Math.min(linesPrinted + 1, totalLines),',
  ],
  [
    'reach.lines counts a picture that is half sent',
    'plan.ts',
    'linesPrinted = goesOn(part, parts[i + 1]) ? lastLine - 1 : lastLine',
    'linesPrinted = lastLine',
  ],
  [
    'reach.lines.sent is the one before',
    'plan.ts',
    'if (i < sent) linesSent = lastLine',
    'if (i < sent - 1) linesSent = lastLine',
  ],
  [
    'reach.copy is always the first',
    'plan.ts',
    'const copy = (parts[printed] ?? parts.at(-1))?.copy ?? 1',
    'const copy = 1',
  ],
  [
    'reach.copySent is the copy that is confirmed',
    'plan.ts',
    'copySent: Math.max(parts[sent - 1]?.copy ?? 1, copy),',
    'copySent: copy,',
  ],
  [
    'reach.path is that of a segment later',
    'plan.ts',
    'of parts.slice(printed))',
    'of parts.slice(printed + 1))',
  ],
  [
    'two segments change places',
    'plan.ts',
    'for (const part of once) parts.push({ ...part, copy })',
    'for (const part of [...once.slice(0, 1), ...once.slice(2, 3), ...once.slice(1, 2), ...once.slice(3)]) parts.push({ ...part, copy })',
  ],
  ['a copy too many', 'plan.ts', 'copy <= copies;', 'copy <= copies + 1;'],
  ['a copy too few', 'plan.ts', 'copy <= copies;', 'copy <= Math.max(1, copies - 1);'],
  [
    'the copies are counted wrong',
    'attempt.ts',
    'copies: plan.copies,',
    'copies: plan.copies + 1,',
  ],
  [
    'the drawer opens with each copy',
    'attempt.ts',
    'drawer.opened = true',
    'drawer.opened = false',
  ],
  [
    'the drawer opens twice',
    'plan.ts',
    'pulses.flatMap(({ from, to }) => [...bytes.subarray(from, to)]),',
    'pulses.flatMap(({ from, to }) => [...bytes.subarray(from, to), ...bytes.subarray(from, to)]),',
  ],
  [
    'the drawer stays shut',
    'attempt.ts',
    'plan.pulses.length === 0 ||',
    'plan.pulses.length >= 0 ||',
  ],
  [
    'the drawer opens before the first copy',
    'attempt.ts',
    'await delivery.run()',
    'await this.#openDrawer()\n      await delivery.run()',
  ],
  ['the drawer opens for a marked copy', 'attempt.ts', '|| limits.marked) return', ') return'],
  [
    'a marked copy has no heading',
    'run-job.ts',
    'const plan = planned(limits.marked === true)',
    'const plan = planned(false)',
  ],
  [
    'a reprint has no heading',
    'run-job.ts',
    'planJob(job, plan.copies, headingOf(job))',
    'planJob(job, plan.copies)',
  ],
  ['a reprint that is not wanted', 'run-job.ts', "limits.onUncertain !== 'reprint-marked' ||", ''],
  [
    'the job goes on after a lost connection, whatever is known',
    'evidence.ts',
    "if (proof === 'ids') return printedIds === begun",
    'return true',
  ],
  [
    'what was not confirmed is sent once more',
    'evidence.ts',
    "if (proof === 'ids') return printedIds === begun",
    'return true',
    'delivery.ts',
    'this.#begunBefore += lost.begun',
    'this.#begunBefore += lost.printedIds',
  ],
  [
    'a printer that says that it cannot print gets the job',
    'attempt.ts',
    'if (trouble !== undefined) throw this.#notStarted(trouble, before)',
    '',
  ],
  // On a line that hides a restart.
  [
    'serial: a restart that is hidden is excluded',
    'delivery.ts',
    "hidden ? 'unseen' : 'excluded'",
    "'excluded'",
  ],
  [
    'serial: a process ID without the witness counts',
    'sender.ts',
    '!this.#options.witnessed || this.#pending.slice(0, count).every(({ isSeen }) => isSeen)',
    'true',
  ],
  // A spool takes a job, and knows no more.
  [
    'cups: handed over is processed',
    'evidence.ts',
    "if (!isTwoWay) return 'handed-over'",
    "if (!isTwoWay) return 'processed'",
  ],
]

/** The edits of a claim by file: `{ 'plan.ts': [[from, to], …] }`. */
export function editsOf([, ...rest]) {
  const edits = {}
  let file
  for (let i = 0; i < rest.length; ) {
    if (/^[a-z-]+\.ts$/.test(rest[i])) file = rest[i++]
    edits[file] ??= []
    edits[file].push([rest[i], rest[i + 1]])
    i += 2
  }
  return edits
}
