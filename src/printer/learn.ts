/** What has to be known of a printer before a job: whether it waits for the rest of an earlier one, and what it can prove. */

import { mayAskProcessIds } from './attempt-context.js'
import type { Device, PrinterMemory } from './device.js'
import type { Proof } from './sender.js'
import type { Session } from './session.js'
import type { PrinterOptions } from './types.js'

/** No command of a printer is longer than this but a picture in one piece. */
const LONGEST_PAD = 65_536

/**
 * What an earlier job left half sent would swallow the beginning of this one: the printer is cleared, or the rest is sent as NULs where it
 * does not say that it is. The answer is the error if that cannot be sent.
 */
export async function resynchronise(
  session: Session,
  memory: PrinterMemory,
  answers: boolean,
  answerMs: number,
  signal: AbortSignal,
): Promise<unknown> {
  if (memory.tornBytes === 0) return undefined
  const cleared = answers && (await session.clearBuffers(answerMs * 3))
  if (!cleared) {
    const padding = new Uint8Array(Math.min(memory.tornBytes, LONGEST_PAD))
    const { error } = await session.write(padding, { signal })
    if (error !== undefined) return error
  }
  memory.tornBytes = 0
  return undefined
}

export interface Learnt {
  readonly proof: Proof
  /** The witness of a restart is run behind each part. */
  readonly witnessed: boolean
}

/**
 * What proof the printer can give. Process IDs are asked for with no data before them: one that has them answers at once. Where the link
 * hides a restart, a witness of it is placed in the printer.
 */
export async function learnProof(
  session: Session,
  device: Device,
  options: PrinterOptions,
  { hasSegments, needsWitness }: { readonly hasSegments: boolean; readonly needsWitness: boolean },
  answerMs: number,
): Promise<Learnt> {
  const { memory } = device
  if (mayAskProcessIds(options) && memory.processIds !== false) {
    // Asked anew for each job: another model may stand at this address by now, and would never confirm one.
    memory.processIds = await session.hasProcessIds(device.nextId(), answerMs)
  }
  if (mayAskProcessIds(options) && memory.processIds === true) {
    // Placed anew for each connection: it may have restarted in between.
    if (needsWitness && memory.keepsWitness !== false) {
      memory.keepsWitness = await session.placeWitness(device.nextId(), answerMs)
    }
    return { proof: 'ids', witnessed: needsWitness && memory.keepsWitness === true }
  }
  const mayAskMore = options.processIds ?? options.profile?.answersStatus === true
  if (mayAskMore && hasSegments && memory.answersIdentity === undefined && !session.ended) {
    memory.answersIdentity = (await session.information(67, answerMs)) !== undefined
  }
  if (needsWitness && mayAskMore && memory.keepsWitness !== false && !session.ended) {
    memory.keepsWitness = await session.placeWitness(undefined, answerMs)
  }
  return { proof: 'fences', witnessed: needsWitness && memory.keepsWitness === true }
}
