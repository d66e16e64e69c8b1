/**
 * The chain's records of operators, and the change that each makes to an operator. Storing, verifying and copying use the same function.
 */

import type { ManagerAct } from './operator.js'
import type { KeptPin } from './pin.js'
import type { OperatorRole } from './signed-in.js'

export type OperatorEvent =
  | {
      readonly action: 'add'
      readonly no: string
      readonly name: string
      readonly role: OperatorRole
      readonly pin: KeptPin
      readonly isFirstPin: boolean
      readonly by: string
    }
  /** An attempt with a PIN, counted before the PIN is checked. */
  | { readonly action: 'attempt'; readonly no: string; readonly failures: number }
  | { readonly action: 'sign-in'; readonly no: string }
  | { readonly action: 'change-pin'; readonly no: string; readonly pin: KeptPin }
  | {
      readonly action: 'reset-pin'
      readonly no: string
      readonly pin: KeptPin
      readonly by: string
    }
  | {
      readonly action: 'recover-pin'
      readonly no: string
      readonly pin: KeptPin
      readonly by: string
      readonly why: string
    }
  | {
      readonly action: 'change'
      readonly no: string
      readonly name?: string
      readonly role?: OperatorRole
      readonly by: string
    }
  | { readonly action: 'remove'; readonly no: string; readonly by: string }
  | {
      readonly action: 'act'
      readonly no: string
      readonly act: ManagerAct
      readonly what?: string
    }

/** The state of an operator in the store. */
export interface OperatorState {
  readonly no: string
  readonly name: string
  readonly role: OperatorRole
  readonly pin: KeptPin
  readonly isFirstPin: boolean
  /** Wrong PINs in a row. */
  readonly failures: number
  /** How often the PIN was set: a sign-in is valid for one generation. */
  readonly generation: number
  readonly isRemoved: boolean
}

/** Returns the state of the operator after an event; undefined if the event is about an operator who was never added. */
export function operatorAfter(
  before: OperatorState | undefined,
  event: OperatorEvent,
): OperatorState | undefined {
  if (event.action === 'add') {
    const { no, name, role, pin, isFirstPin } = event
    return { no, name, role, pin, isFirstPin, failures: 0, generation: 1, isRemoved: false }
  }
  return before === undefined ? undefined : changed(before, event)
}

function changed(
  before: OperatorState,
  event: Exclude<OperatorEvent, { readonly action: 'add' }>,
): OperatorState {
  switch (event.action) {
    case 'attempt':
      return { ...before, failures: event.failures }
    case 'sign-in':
      return { ...before, failures: 0 }
    case 'change-pin':
    case 'reset-pin':
    case 'recover-pin': {
      const generation = before.generation + 1
      const isFirstPin = event.action !== 'change-pin'
      return { ...before, pin: event.pin, isFirstPin, generation, failures: 0 }
    }
    case 'change': {
      const { name = before.name, role = before.role } = event
      return { ...before, name, role }
    }
    case 'remove':
      return { ...before, isRemoved: true }
    case 'act':
      return before
    default:
      throw event satisfies never
  }
}
