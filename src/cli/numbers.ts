/** Reads options that are numbers. */

import { inputError } from './fail.js'

export interface NumberRule {
  readonly min: number
  readonly max: number
  readonly isWhole?: boolean
  /** Code of the error. Default `NUMBER_INVALID`. */
  readonly code?: string
  /** Unit of the number for the message, such as `seconds`. */
  readonly unit?: string
}

/**
 * Reads the number in the text of an option.
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

/** Reads an option in seconds, at most a day, and returns milliseconds. */
export function secondsMs(option: string, text: string): number {
  const rule = { min: 0.001, max: 86_400, code: 'TIMEOUT_INVALID', unit: 'seconds' }
  return Math.ceil(readNumber(option, text, rule) * 1000)
}
