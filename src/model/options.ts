/**
 * Checks options. Each public function lists its options with the values that they may have, and has them checked here before it does
 * anything, because a misspelt option would be ignored, and NaN passes every check of limits.
 */

import { OptionError, withoutCardNumbers } from './errors.js'
import { didYouMean } from './nearest-names.js'

/** The values that an option may have. */
export interface OptionRule {
  /** In the user's words: `a whole number from 1 to 999`. */
  readonly says: string
  readonly accepts: (value: unknown) => boolean
  /** Whether the option is required. Default false. */
  readonly isNeeded?: boolean
  /** Code of the error. Default `OPTION_INVALID`. */
  readonly code?: string
  /** How to write it right, if `says` is not enough. */
  readonly hint?: string
  /** Rules of the inner options, if the option is itself an object of options. */
  readonly inner?: OptionRules<object>
}

/** A rule for each option of `T`. A forgotten one is a compile error. */
export type OptionRules<T extends object> = { readonly [K in keyof T]-?: OptionRule }

/**
 * Checks all options and returns them unchanged. An option that is undefined counts as absent.
 *
 * @param owner name of the function for messages, such as `print`
 * @throws OptionError `OPTION_UNKNOWN`, `OPTION_INVALID`, or the code of the rule
 * @example readOptions<{ copies?: number }>('print', { copies: 2 }, { copies: wholeNumber(1, 999) })
 */
export function readOptions<T extends object>(
  owner: string,
  options: unknown,
  rules: OptionRules<T>,
): T {
  check(owner, 'options', options ?? (options === undefined ? {} : null), rules)
  return (options ?? {}) as T
}

/**
 * Checks one argument and returns it.
 * @param path name of the argument for messages, such as `bytes`
 * @throws OptionError
 */
export function readArgument<T>(owner: string, path: string, value: unknown, rule: OptionRule): T {
  if (!rule.accepts(value)) throw invalid(owner, path, value, rule)
  return value as T
}

function check(owner: string, path: string, options: unknown, rules: OptionRules<object>): void {
  if (!isObject(options)) throw invalid(owner, path, options, { says: 'an object', accepts })
  const known = rules as Readonly<Record<string, OptionRule>>
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(rules, name)) throw unknownOption(owner, `${path}.${name}`, name, rules)
  }
  // A `for in` loop, because making a list of the rules for each receipt costs more than the check.
  for (const name in known) {
    const rule = known[name] as OptionRule
    const value = options[name]
    if (value === undefined && rule.isNeeded !== true) continue
    if (rule.inner !== undefined && isObject(value)) {
      check(owner, `${path}.${name}`, value, rule.inner)
    } else if (!rule.accepts(value)) throw invalid(owner, `${path}.${name}`, value, rule)
  }
}

const accepts = isObject

function unknownOption(
  owner: string,
  path: string,
  name: string,
  rules: OptionRules<object>,
): OptionError {
  const known = Object.keys(rules)
  const meant = didYouMean(name, known)
  return new OptionError(`${owner} has no option ${name}`, {
    code: 'OPTION_UNKNOWN',
    path,
    hint: `${meant === undefined ? '' : `${meant} `}it has ${known.join(', ')}`,
  })
}

function invalid(owner: string, path: string, value: unknown, rule: OptionRule): OptionError {
  const name = path.replace(/^options\./, '')
  const hint = rule.hint ?? (rule.isNeeded ? undefined : 'leave it out for the default')
  const needs = value === undefined ? `needs ${name}, ${rule.says}` : undefined
  const problem = needs ?? `${name} must be ${rule.says}, found ${nameOf(value)}`
  return new OptionError(needs === undefined ? `${owner}: ${problem}` : `${owner} ${problem}`, {
    code: rule.code ?? 'OPTION_INVALID',
    path,
    hint,
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names the type of a value for messages, with the value itself if it is short and cannot be a customer's secret. */
function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isBytes(value)) return 'bytes'
  if (value instanceof Date) return 'a date that is none'
  if (typeof value === 'string')
    return value.length > 24 ? 'a text' : `the text ${JSON.stringify(withoutCardNumbers(value))}`
  if (typeof value === 'number') return `the number ${withoutCardNumbers(String(value))}`
  if (typeof value === 'boolean' || value === undefined) return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Whether the value is a `Uint8Array` of any realm. Test runners run code in a realm where `instanceof` fails for bytes of another one. */
export function isBytes(value: unknown): value is Uint8Array {
  return (
    ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]'
  )
}

export const FLAG: OptionRule = {
  says: 'true or false',
  accepts: (value) => typeof value === 'boolean',
}
export const CALLBACK: OptionRule = {
  says: 'a function',
  accepts: (value) => typeof value === 'function',
}
/** Text that is not empty. */
export const TEXT: OptionRule = {
  says: 'a text that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
}
export const BYTES: OptionRule = {
  says: 'bytes (a Uint8Array)',
  accepts: isBytes,
  hint: 'make bytes of a text with compile, which knows the characters of the printer',
}
export const DATE: OptionRule = {
  says: 'a date',
  accepts: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  hint: 'write new Date(Date.now() + 5000), or give timeoutMs',
}
/** A limit that is compared with a clock; Infinity means unlimited. */
export const TIME_LIMIT: OptionRule = {
  says: 'a number of milliseconds, at least 0',
  accepts: (value) => typeof value === 'number' && value >= 0,
}
export const SIGNAL: OptionRule = {
  says: 'an AbortSignal',
  accepts: (value) =>
    isObject(value) && typeof value.aborted === 'boolean' && isCallable(value.addEventListener),
}
export const OBJECT: OptionRule = { says: 'an object', accepts: isObject }
export const LIST_OF_TEXTS: OptionRule = {
  says: 'a list of texts',
  accepts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
}

const GIVE_A_PROFILE =
  "give the profile itself: generic80 from 'xiaopiao/profiles/generic-80', or findProfile(id) from 'xiaopiao/profiles'"

/** A whole profile, judged by `widthDots` only, because its schema is not loaded here. */
export const PROFILE: OptionRule = {
  says: "a printer's profile",
  accepts: (value) => isObject(value) && typeof value.widthDots === 'number',
  code: 'PROFILE_NEEDED',
  hint: GIVE_A_PROFILE,
}

/** A whole profile, or an object with what is known of the printer's answers. */
export const PROFILE_OR_ANSWERS: OptionRule = {
  ...PROFILE,
  says: "a printer's profile, or an object with answersStatus",
  accepts: (value) =>
    PROFILE.accepts(value) ||
    (isObject(value) && (value.answersStatus === null || typeof value.answersStatus === 'boolean')),
}

export function wholeNumber(from: number, to: number): OptionRule {
  return {
    says: `a whole number from ${from} to ${to}`,
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to,
  }
}

/** The longest delay of `setTimeout`: a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Milliseconds of a wait with a timer, at least `from`. */
export function milliseconds(from: number): OptionRule {
  return {
    says: `a number of milliseconds from ${from} to ${LONGEST_TIMER_MS}`,
    accepts: (value) => typeof value === 'number' && value >= from && value <= LONGEST_TIMER_MS,
  }
}

/** A number, whole or not, of at least `from`. */
export function numberFrom(from: number): OptionRule {
  return {
    says: `a number, at least ${from}`,
    accepts: (value) => typeof value === 'number' && value >= from,
  }
}

export function oneOf(...values: readonly (string | boolean)[]): OptionRule {
  return {
    says: `one of ${values.join(', ')}`,
    accepts: (value) => values.some((one) => one === value),
  }
}

/** An object that has all of the methods. */
export function objectWith(says: string, ...methods: readonly string[]): OptionRule {
  return {
    says,
    accepts: (value) => isObject(value) && methods.every((name) => isCallable(value[name])),
  }
}

/** An object whose fields are options with rules. */
export function optionsOf<T extends object>(rules: OptionRules<T>): OptionRule {
  return { ...OBJECT, inner: rules as OptionRules<object> }
}

export function needed(rule: OptionRule): OptionRule {
  return { ...rule, isNeeded: true }
}

function isCallable(value: unknown): boolean {
  return typeof value === 'function'
}
