/**
 * Two questions before each job: does the printer still wait for the rest of an earlier one, and which proof can it
 * give?
 */

import type { Device, Line, PrinterMemory } from './device.js'
import type { Proof } from './evidence.js'
import { askName, hasProcessIds, type Name, placeWitness } from './questions.js'
import type { Rules } from './rules.js'
import type { Session } from './session.js'

/** No command of a printer is longer than this but a picture in one piece. */
const LONGEST_PAD = 65_536

/**
 * Completes a command that an earlier job left half sent, because it would swallow the beginning of this job. The
 * rest is sent as NULs, which leave no dots. The printer is not cleared (DLE DC4 8), because it may still hold
 * whole lines of an earlier job that are to come out.
 * @returns the error if that cannot be sent
 */
export async function resynchronise(
  { session, lock }: Line,
  memory: PrinterMemory,
  signal: AbortSignal,
): Promise<unknown> {
  if (memory.tornBytes > 0) {
    const padding = new Uint8Array(Math.min(memory.tornBytes, LONGEST_PAD))
    const { error } = await session.write(padding, { signal })
    if (error !== undefined) return error
    memory.tornBytes = 0
  }
  await lock?.forgetDead()
  return undefined
}

export interface Learnt {
  readonly proof: Proof
  /** The name that the printer gives itself. Undefined if it may not be asked, or does not say. */
  readonly name: Name | undefined
  /** The witness of a restart is run behind each part. */
  readonly witnessed: boolean
}

/**
 * Finds out which proof the printer can give. Process IDs and the name are asked for before any data, because then
 * a printer that has them answers at once. They are asked for each job, because another printer may be at the
 * address by now. If the link hides a restart, a witness is placed in the printer.
 */
export async function learnProof(
  session: Session,
  device: Device,
  { mayAskProcessIds, mayAskName }: Rules,
  { needsWitness, answerMs }: { readonly needsWitness: boolean; readonly answerMs: number },
): Promise<Learnt> {
  const { memory } = device
  if (mayAskProcessIds && memory.processIds !== false) {
    memory.processIds = await hasProcessIds(session, device.nextId(), answerMs)
  }
  const returnsIds = mayAskProcessIds && memory.processIds === true
  let name: Name | undefined
  if ((returnsIds || mayAskName) && memory.tellsName !== false && !session.ended) {
    name = await askName(session, answerMs)
    // One that has told it before is busy, and no other.
    memory.tellsName ||= name !== undefined
  }
  let witnessed = false
  if (needsWitness && name !== undefined && memory.keepsWitness !== false && !session.ended) {
    // Placed again for each connection: it may have restarted in between.
    const id = returnsIds ? device.nextId() : undefined
    memory.keepsWitness = await placeWitness(session, {
      model: name.model,
      id,
      timeoutMs: answerMs,
    })
    witnessed = memory.keepsWitness === true
  }
  if (returnsIds) return { proof: 'ids', name, witnessed }
  const mayTrust = name !== undefined && session.textsOwed === 0
  return { proof: mayTrust ? 'blocks' : 'bytes', name, witnessed: mayTrust && witnessed }
}
