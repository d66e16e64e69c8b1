/** Options that are numbers. */

import { inputError } from './fail.js'

export interface NumberRule {
  readonly min: number
  readonly max: number
  readonly isWhole?: boolean
  /** Default `NUMBER_INVALID`. */
  readonly code?: string
  /** Of what the number is, in the message: `seconds`. */
  readonly unit?: string
}

/**
 * The number that the text of an option is.
 *
 * @throws XiaopiaoError with the code of the rule
 * @example readNumber('--copies', '2', { min: 1, max: 999, isWhole: true }) // 2
 */
export function readNumber(option: string, text: string, rule: NumberRule): number {
  const { min, max, isWhole = false, code = 'NUMBER_INVALID', unit } = rule
  const value = Number(text)
  const isNumber = (isWhole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(text)
  if (isNumber && value >= min && value <= max) return value
  const words = `${isWhole ? 'a whole number' : 'a number'}${unit === undefined ? '' : ` of ${unit}`}`
  const message = `${option} must be ${words} from ${min} to ${max}, found "${text}"`
  throw inputError(code, message, `write ${option} with such a number, or leave it out`)
}

/** Milliseconds of an option that is in seconds, at most a day. */
export function secondsMs(option: string, text: string): number {
  const rule = { min: 0.001, max: 86_400, code: 'TIMEOUT_INVALID', unit: 'seconds' }
  return Math.ceil(readNumber(option, text, rule) * 1000)
}
