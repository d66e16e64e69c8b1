/** Changes fields of a profile by their paths, as `--set path=value` does. */
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import type { Profile } from '../model/profile.js'
import { faultsOf } from '../model/shape-faults.js'
import { isProfilePath, type ProfilePath, type ProfileSettings, profileFields } from './fields.js'
import { parseProfile } from './parse-profile.js'

/**
 * A copy with the fields at the given paths replaced. A value is as in JSON, or a text as on a command line:
 * `{ widthDots: 512, 'fonts.A.widthDots': '13', cuts: 'none', codePages: '0:cp437,19:cp858', answersStatus: 'unknown' }`.
 *
 * @throws ReceiptError `PROFILE_FIELD_UNKNOWN` for a path that no profile has, `PROFILE_VALUE_INVALID` for a value outside its limits;
 * both name what is allowed
 *
 * @example
 * overrideProfile(generic58, { widthDots: 416, cuts: ['partial'] }).cuts // ['partial']
 */
export function overrideProfile(profile: Profile, settings: ProfileSettings): Profile {
  const changed = copyOf(profile)
  for (const [path, given] of Object.entries(settings)) {
    if (!isProfilePath(path)) throw unknownField(path)
    setAt(changed, path, readValue(path, given))
  }
  return parseProfile(changed)
}

function readValue(path: ProfilePath, given: unknown): unknown {
  const field = profileFields[path]
  const value = typeof given === 'string' ? field.read(given.trim()) : given
  if (value !== undefined && faultsOf(field.schema, value).length === 0) return value
  const shown = typeof given === 'string' ? given : JSON.stringify(given)
  throw new ReceiptError(`${path} must be ${field.allowed}, found ${JSON.stringify(shown)}`, {
    code: 'PROFILE_VALUE_INVALID',
    path,
    hint:
      didYouMean(shown, field.choices ?? []) ??
      '`xiaopiao docs profiles` lists the fields of a profile',
  })
}

function unknownField(path: string): ReceiptError {
  const known = Object.keys(profileFields)
  return new ReceiptError(`a profile has no field ${path}`, {
    code: 'PROFILE_FIELD_UNKNOWN',
    path,
    hint: fieldHint(path, known),
  })
}

/** Makes the hint for an unknown path: the fields of a group, the field that was probably meant, or all fields. */
function fieldHint(path: string, known: readonly string[]): string {
  const inner = known.filter((one) => one.startsWith(`${path}.`))
  if (inner.length > 0) return `name one of its fields: ${inner.join(', ')}`
  return didYouMean(path, known) ?? `the fields are ${known.join(', ')}`
}

type Tree = Record<string, unknown>

function copyOf(profile: Profile): Tree {
  return JSON.parse(JSON.stringify(profile)) as Tree
}

/** Sets a leaf, and makes missing objects on its path, so that font C can be added by its fields. */
function setAt(tree: Tree, path: ProfilePath, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() as string
  let at = tree
  for (const key of keys) {
    at[key] ??= {}
    at = at[key] as Tree
  }
  at[last] = value
}
