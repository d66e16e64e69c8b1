/**
 * The answers of a virtual device to questions that are read in order with the data, and the requests that it obeys
 * in real time.
 */

import type { Command } from '../encoders/escpos/commands/index.js'
import { type DeviceIdentity, identityAnswer } from './device-identity.js'
import { type DeviceState, orderedStatus } from './device-state.js'

/** The answer to a command. Undefined if the command is not a question, or not a known one. */
export function answerTo(
  command: Command,
  state: DeviceState,
  identity: Partial<DeviceIdentity> | undefined,
): readonly number[] | undefined {
  switch (command.kind) {
    case 'statusRequest':
      return single(orderedStatus(state, command.n))
    case 'paperStatus':
      return single(orderedStatus(state, 1))
    case 'deviceStatus':
      return single(orderedStatus(state, 2))
    case 'printerId':
      return identityAnswer(command.n, identity)
    default:
      return undefined
  }
}

function single(byte: number | undefined): readonly number[] | undefined {
  return byte === undefined ? undefined : [byte]
}

/** Whether DLE DC4 fn 1 and fn 2 are obeyed. */
export interface RealtimeRights {
  readonly pulse: boolean
  readonly powerOff: boolean
}

/** As `GS ( D` fn 20 changes them: pairs of 1 (pulse) or 2 (power off), and whether it is obeyed. */
export function realtimeRights(
  rights: RealtimeRights,
  { m, settings }: { readonly m: number; readonly settings: Uint8Array },
): RealtimeRights {
  if (m !== 20) return rights
  let { pulse, powerOff } = rights
  for (let i = 0; i + 1 < settings.length; i += 2) {
    const obeys = (settings[i + 1] ?? 0) % 48 === 1
    if (settings[i] === 1) pulse = obeys
    if (settings[i] === 2) powerOff = obeys
  }
  return { pulse, powerOff }
}
