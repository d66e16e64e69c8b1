/** Kinds of values in a profile: each checks JSON, reads the text of a command line, and says what is allowed. */
import { isCodePage } from '../charsets/code-pages.js'
import type { CodePageSlot } from '../model/charset.js'
import { evidenceKinds } from '../model/profile.js'
import * as s from '../model/shape.js'

export interface Leaf {
  readonly schema: s.Shape
  /** Reads the value from a text; undefined if the text is not such a value. The schema checks the limits. */
  read(text: string): unknown
  /** The allowed values in words, for error messages after "must be": `a whole number from 8 to 4096`. */
  readonly allowed: string
  /** The allowed words, if the field has one of a few. */
  readonly choices?: readonly string[]
}

export function whole(min: number, max: number): Leaf {
  return {
    schema: s.whole(min, max),
    read: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
    allowed: `a whole number from ${min} to ${max}`,
  }
}

export function oneOf(values: readonly (string | number)[]): Leaf {
  return {
    schema: s.literal(...values),
    read: (text) => values.find((value) => String(value) === text),
    allowed: eitherOf(values),
    choices: values.map(String),
  }
}

/** Joins values as in `2 or 5`. */
function eitherOf(values: readonly (string | number)[]): string {
  return values.length === 1
    ? `${values[0]}`
    : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

export const text: Leaf = {
  schema: s.text(1, 500),
  read: (value) => value,
  allowed: 'a text of 1 to 500 characters',
}

export const identifier: Leaf = {
  schema: s.pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  read: (value) => value,
  allowed: 'words in lower case joined by -, such as generic-58',
}

export const flag: Leaf = {
  schema: s.flag,
  read: (value) => ({ true: true, false: false })[value],
  allowed: 'true or false',
}

export const flagOrUnknown: Leaf = {
  schema: s.nullable(s.flag),
  read: (value) => ({ true: true, false: false, unknown: null })[value],
  allowed: 'true, false or unknown (null in JSON)',
}

/** A leaf that may also be `unknown`, which is null in JSON. */
function orUnknown(leaf: Leaf): Leaf {
  return {
    schema: s.nullable(leaf.schema),
    read: (value) => (value === 'unknown' ? null : leaf.read(value)),
    allowed: `${leaf.allowed}, or unknown (null in JSON)`,
  }
}

export function wholeOrUnknown(min: number, max: number): Leaf {
  return orUnknown(whole(min, max))
}

export const textOrUnknown: Leaf = orUnknown(text)

/** A list of sentences or names, joined by `;` on a command line. */
export const texts: Leaf = {
  schema: s.list(text.schema, 0, 50),
  read: (value) => (value === 'none' || value === '' ? [] : value.split(/\s*;\s*/)),
  allowed: 'none, or texts joined by ;',
}

export const usbIds: Leaf = {
  schema: s.list(s.pattern(/^[0-9a-f]{4}:[0-9a-f]{4}$/)),
  read: (value) => (value === 'none' || value === '' ? [] : value.toLowerCase().split(',')),
  allowed: 'none, or vendor:product in hex joined by commas, such as 0416:5011',
}

const EVIDENCE = new RegExp(`^(?:${evidenceKinds.join('|')})(?:: \\S.*)?$`)

function isEvidence(value: string): boolean {
  return value.length <= 500 && EVIDENCE.test(value)
}

/** Evidence is written only in profile files, so the command line cannot set it. */
export const evidence: Leaf = {
  schema: s.record(s.textThat(isEvidence)),
  read: () => undefined,
  allowed: `fields in a JSON file, each with ${eitherOf(evidenceKinds)}, or such as "users: where"`,
}

/** A set of names: `partial,full`, or `none`. */
export function setOf(values: readonly string[]): Leaf {
  const unique = (list: readonly string[]) => new Set(list).size === list.length
  return {
    schema: s.list(s.literal(...values), 0, values.length, [s.must(unique)]),
    read: (value) => (value === 'none' || value === '' ? [] : value.split(',')),
    allowed: `none, or some of ${values.join(', ')}, joined by commas`,
  }
}

const slot = s.object<CodePageSlot>({
  number: s.whole(0, 255),
  encoding: s.textThat(isCodePage),
})

/** Code pages: `0:cp437,19:cp858`, or `none`. */
export const pageSlots: Leaf = {
  schema: s.list(slot, 0, 31),
  read: (value) => (value === 'none' || value === '' ? [] : readSlots(value)),
  allowed: 'none, or up to 31 of number:encoding joined by commas, such as 0:cp437,19:cp858',
}

function readSlots(value: string): unknown {
  const slots = value.split(',').map((part) => /^(\d+):([a-z0-9-]+)$/.exec(part))
  if (slots.includes(null)) return undefined
  return slots.map((match) => ({ number: Number(match?.[1]), encoding: match?.[2] }))
}
