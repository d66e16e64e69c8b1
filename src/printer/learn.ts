/** What has to be known of a printer before a job: whether it waits for the rest of an earlier one, and what it can prove. */

import type { Device, Line, PrinterMemory } from './device.js'
import type { Proof } from './evidence.js'
import { askName, hasProcessIds, type Name, placeWitness } from './questions.js'
import type { Rules } from './rules.js'
import type { Session } from './session.js'

/** No command of a printer is longer than this but a picture in one piece. */
const LONGEST_PAD = 65_536

/**
 * What an earlier job left half sent would swallow the beginning of this one, so the rest is sent as NULs, which print nothing. The
 * printer is not cleared (DLE DC4 8), because it may still hold whole lines of that job, or of one before it, that are to come out.
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
  /** Who the printer says that it is; undefined: it may not be asked, or does not say. */
  readonly name: Name | undefined
  /** The witness of a restart is run behind each part. */
  readonly witnessed: boolean
}

/**
 * What proof the printer can give. Process IDs and its name are asked for with no data before them: one that has them answers at once,
 * and they are asked for each job, because another printer may be at the address by now. Where the link hides a restart, a witness
 * of it is placed in the printer.
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
