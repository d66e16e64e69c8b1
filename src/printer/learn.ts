/**
 * Two questions before each job: does the printer still wait for the rest of an earlier one, and which proof can it
 * give?
 */

import type { Proof } from './evidence.js'
import { askName, hasProcessIds, type Name, placeWitness } from './questions.js'
import type { Rules } from './rules.js'
import type { Session } from './session.js'
import type { OpenLine, SharedPrinter } from './shared-printer.js'

/** Bytes. No printer command is longer, except a picture that is sent in one piece. */
const LONGEST_PAD = 65_536

/**
 * Completes a command that an earlier job left half sent, because it would swallow the beginning of this job. The
 * rest is sent as NULs, which leave no dots. The printer is not cleared (DLE DC4 8), because it may still hold
 * whole lines of an earlier job that are to come out.
 * @returns how many NULs were sent, and the error if they cannot be sent
 */
export async function resynchronise(
  { session, lock }: OpenLine,
  shared: SharedPrinter,
  signal: AbortSignal,
): Promise<{ readonly padding: number; readonly error?: unknown }> {
  const padding = Math.min(shared.tornBytes, LONGEST_PAD)
  if (padding > 0) {
    const { error } = await session.write(new Uint8Array(padding), { signal })
    if (error !== undefined) return { padding, error }
    shared.tornBytes = 0
  }
  await lock?.forgetDead()
  return { padding }
}

export interface Learnt {
  readonly proof: Proof
  /** The printer's model and serial number. Undefined if it may not be asked, or does not answer. */
  readonly name: Name | undefined
  /** Whether the printer keeps a witness of restarts, which is then run behind each part. */
  readonly witnessed: boolean
}

/**
 * Finds out which proof the printer can give. Each job asks, because another printer may be at the address by now, and
 * because noise in the place of one answer must not be believed for longer than a job. The questions come before any
 * data, so that a printer that can answer does so at once. If the link hides a restart, a witness is placed in the
 * printer.
 */
export async function learnProof(
  session: Session,
  shared: SharedPrinter,
  { mayAskProcessIds, mayAskName }: Rules,
  { needsWitness, answerMs }: { readonly needsWitness: boolean; readonly answerMs: number },
): Promise<Learnt> {
  const returnsIds =
    mayAskProcessIds && (await hasProcessIds(session, shared.nextId(), answerMs)) === true
  const asksName = (returnsIds || mayAskName) && !session.ended
  const name = asksName ? await askName(session, answerMs) : undefined
  let witnessed = false
  if (needsWitness && name !== undefined && !session.ended) {
    const id = returnsIds ? shared.nextId() : undefined
    const question = { model: name.model, id, timeoutMs: answerMs }
    witnessed = (await placeWitness(session, question)) === 'kept'
  }
  if (returnsIds) return { proof: 'ids', name, witnessed }
  const mayTrust = name !== undefined && session.textsOwed === 0
  return { proof: mayTrust ? 'blocks' : 'bytes', name, witnessed: mayTrust && witnessed }
}
