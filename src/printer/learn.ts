/** What has to be known of a printer before a job: whether it waits for the rest of an earlier one, and what it can prove. */

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

/** What proof the printer can give. Process IDs are asked for with no data before them: one that has them answers at once. */
export async function learnProof(
  session: Session,
  device: Device,
  options: PrinterOptions,
  hasSegments: boolean,
  answerMs: number,
): Promise<Proof> {
  const { memory } = device
  const mayAsk = options.processIds ?? options.profile?.answersStatus === true
  if (!mayAsk) return 'fences'
  // Asked anew for each job: another model may stand at this address by now, and would never confirm one.
  if (memory.processIds !== false) {
    memory.processIds = await session.hasProcessIds(device.nextId(), answerMs)
  }
  if (memory.processIds === true) return 'ids'
  if (hasSegments && memory.answersIdentity === undefined && !session.ended) {
    memory.answersIdentity = (await session.information(67, answerMs)) !== undefined
  }
  return 'fences'
}
