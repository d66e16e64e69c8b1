/** Derives a profile from a person's answers about the test page. */
import { ReceiptError } from '../model/errors.js'
import type { Profile } from '../model/profile.js'
import { metricsOf } from '../profiles/derive.js'
import { parseProfile } from '../profiles/parse-profile.js'
import { type Findings, type Question, questions } from './questions.js'

export interface DerivedName {
  /** Id of the profile in kebab-case. */
  readonly id: string
  readonly name: string
  /** Default `Derived`. */
  readonly vendor?: string
}

/** Answers by the keys of `questions`. An absent answer, or null, changes nothing. */
export type Answers = Readonly<Record<string, unknown>>

/**
 * Returns `base` changed by the facts that the answers prove, each such field marked `test-page`. Throws `ReceiptError`
 * `ANSWER_UNKNOWN` for a key that does not name a question, `ANSWER_INVALID` for an answer that the question does
 * not allow, `PROFILE_INVALID` for an id that is not allowed.
 *
 * @example
 * const derived = deriveProfile(generic80, { id: 'shop-printer', name: 'Shop printer' }, { widthDots: 512 })
 * derived.widthDots // 512
 */
export function deriveProfile(base: Profile, named: DerivedName, answers: Answers): Profile {
  for (const key of Object.keys(answers)) {
    if (!questions.some((question) => question.key === key)) throw unknownAnswer(key)
  }
  const profile = JSON.parse(JSON.stringify(base)) as Draft
  const sources: Record<string, string> = { ...base.sources }
  for (const question of questions) {
    const answer = answers[question.key] ?? null
    if (answer === null) continue
    const scale = metricsOf(profile as unknown as Profile)
    for (const [path, value] of Object.entries(findingsOf(question, answer, scale))) {
      setAt(profile, path, value)
      sources[path] = `test-page: ${question.key}`
    }
  }
  if (profile.charset === 'none') profile.chineseModeAtPowerOn = false
  const { id, name, vendor = 'Derived' } = named
  return parseProfile({ ...profile, id, name, vendor, aliases: [], usb: [], sources })
}

interface Draft {
  [field: string]: unknown
  charset: unknown
  chineseModeAtPowerOn: unknown
}

/**
 * Checks an answer. Throws `ReceiptError` `ANSWER_INVALID` if the question does not allow it.
 *
 * @example
 * try {
 *   checkAnswer(questions[0] as Question, 'wide')
 * } catch (error) {
 *   error instanceof ReceiptError && error.code // 'ANSWER_INVALID'
 * }
 */
export function checkAnswer(question: Question, answer: unknown): void {
  if (answer !== null) findingsOf(question, answer, { widthDots: 1, dotsPerMm: 1 })
}

interface Scale {
  readonly widthDots: number
  readonly dotsPerMm: number
}

function findingsOf(question: Question, answer: unknown, scale: Scale): Findings {
  switch (question.kind) {
    case 'number': {
      const { min, max } = question
      if (typeof answer !== 'number' || !(answer >= min && answer <= max)) {
        throw invalidAnswer(question, answer)
      }
      return question.findings(answer, scale.widthDots, scale.dotsPerMm)
    }
    case 'rows': {
      if (!Array.isArray(answer)) throw invalidAnswer(question, answer)
      const rows: readonly unknown[] = answer
      const seen = question.rows.filter((row) => rows.includes(row))
      if (seen.length !== rows.length) throw invalidAnswer(question, answer)
      return question.findings(seen)
    }
    case 'yes-no':
      if (typeof answer !== 'boolean') throw invalidAnswer(question, answer)
      return question.findings(answer)
    default:
      return question satisfies never
  }
}

/**
 * Reads an answer as a person types it: a number, rows such as `C1 C3` (`none` for no row), yes or no. Null for an empty answer. Throws
 * `ReceiptError` `ANSWER_INVALID`.
 *
 * @example
 * readAnswer(questions[0] as Question, ' 80 ') // 80
 */
export function readAnswer(question: Question, typed: string): unknown {
  const text = typed.trim()
  if (text === '') return null
  switch (question.kind) {
    case 'number':
      return Number(text)
    case 'rows':
      return /^none$/i.test(text) ? [] : text.toUpperCase().split(/[\s,]+/)
    case 'yes-no':
      if (/^(y|yes|是)$/i.test(text)) return true
      if (/^(n|no|否)$/i.test(text)) return false
      throw invalidAnswer(question, text)
    default:
      return question satisfies never
  }
}

/**
 * Describes the allowed answers for people.
 *
 * @example
 * allowedAnswers(questions[0] as Question) // 'a number from 20 to 300'
 */
export function allowedAnswers(question: Question): string {
  switch (question.kind) {
    case 'number':
      return `a number from ${question.min} to ${question.max}`
    case 'rows':
      return `none, or of ${question.rows.join(' ')}`
    case 'yes-no':
      return 'yes or no'
    default:
      return question satisfies never
  }
}

function setAt(tree: Record<string, unknown>, path: string, value: unknown): void {
  const [last = '', ...above] = path.split('.').reverse()
  let at = tree
  for (const key of above.reverse()) {
    // If the base profile has no font B, the font is created with the usual height.
    at[key] ??= key === 'B' ? { heightDots: 17 } : {}
    at = at[key] as Record<string, unknown>
  }
  at[last] = value
}

function unknownAnswer(key: string): ReceiptError {
  return new ReceiptError(`no question of the test page is called '${key}'`, {
    code: 'ANSWER_UNKNOWN',
    path: key,
    hint: `questions: ${questions.map((question) => question.key).join(', ')}`,
  })
}

function invalidAnswer(question: Question, answer: unknown): ReceiptError {
  return new ReceiptError(`${JSON.stringify(answer)} is no answer to '${question.key}'`, {
    code: 'ANSWER_INVALID',
    path: question.key,
    hint: `allowed: ${allowedAnswers(question)}; the question is: ${question.ask}`,
  })
}
