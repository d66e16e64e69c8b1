/** Reads a profile from JSON, field by field; every error has the path and the allowed values. */
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import type { Profile } from '../model/profile.js'
import { quickCheckOf } from '../model/quick-check.js'
import { copyOf } from '../model/shape.js'
import { type Fault, faultsOf } from '../model/shape-faults.js'
import { isProfilePath, profileFields, profileSchema } from './fields.js'
import { genericBase } from './generic-base.js'

/**
 * Returns the JSON value as a `Profile`. `id`, `name`, `paperMm`, `widthDots`, `cuts` and `headToCutterDots` must be there; any other field
 * that is left out gets the cautious value of the generic printers. Throws `ReceiptError` `PROFILE_INVALID` with the path of
 * the first field that is missing, unknown or out of its limits.
 *
 * @example
 * parseProfile(JSON.parse(JSON.stringify(generic58))).id // 'generic-58'
 */
export function parseProfile(json: unknown): Profile {
  const whole = isObject(json) ? complete(json) : json
  if (!quickCheckOf(profileSchema)(whole, 0)) {
    const [first] = faultsOf(profileSchema, whole)
    if (first !== undefined) throw errorOf(first)
  }
  return checkUnits(copyOf(whole) as Profile)
}

/** Refuses a printer whose vertical unit is not a dot and that does not take `GS P`, because our feeds count in dots. */
function checkUnits(profile: Profile): Profile {
  const { verticalUnitsPerInch: units, setsMotionUnits, dpi } = profile
  if (setsMotionUnits || units === null || units === dpi) return profile
  throw invalid(
    'verticalUnitsPerInch',
    `is ${units}, which is no dot of ${dpi} dpi, and setsMotionUnits is false`,
    'set setsMotionUnits to true if the printer takes GS P; otherwise leave verticalUnitsPerInch unknown',
  )
}

const FIELDS_HINT = '`xiaopiao docs profiles` lists the fields of a profile'

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Adds the defaults of the generic printers. Fonts that are given are not completed, because a cell with only one of its sizes is a mistake. */
function complete(json: Json): Json {
  const defaults: Json = genericBase
  const whole: Record<string, unknown> = { ...defaults, ...json }
  for (const group of ['drawer', 'status', 'identity', 'network']) {
    const given = json[group]
    if (isObject(given)) whole[group] = { ...(defaults[group] as Json), ...given }
  }
  const { fonts } = whole
  if (isObject(fonts)) whole.fonts = withoutUndefined(fonts)
  return withoutUndefined(whole)
}

/** Removes fields that are `undefined`. */
function withoutUndefined(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined))
}

function errorOf(issue: Fault): ReceiptError {
  const path = issue.path.map(String).join('.')
  if (issue.keys !== undefined) {
    const key = [...issue.path.map(String), issue.keys[0]].join('.')
    const hint = didYouMean(key, Object.keys(profileFields)) ?? FIELDS_HINT
    return invalid(key, 'is not a field of a profile', hint)
  }
  const field = fieldAt(issue.path)
  const allowed = field === undefined ? '' : profileFields[field].allowed
  return invalid(path, allowed === '' ? 'must be an object' : `must be ${allowed}`, FIELDS_HINT)
}

/** Finds the field that an issue is in. The path of an issue inside a list is longer than that of the field. */
function fieldAt(path: readonly PropertyKey[]) {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).map(String).join('.')
    if (isProfilePath(name)) return name
  }
  return undefined
}

function invalid(path: string, problem: string, hint = ''): ReceiptError {
  return new ReceiptError(`${path === '' ? 'the JSON of a profile' : path} ${problem}`, {
    code: 'PROFILE_INVALID',
    path,
    ...(hint === '' ? {} : { hint }),
  })
}
