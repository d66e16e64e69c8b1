/** The printers we know: their profiles by id, and what can be done with a profile. */
import { ReceiptError } from '../model/errors.js'
import { nearestNames } from '../model/nearest-names.js'
import type { Profile } from '../model/profile.js'
import { profileFields as fields, type ProfilePath } from './fields.js'
import { profiles } from './list.gen.js'

export { charsetOf, metricsOf } from './derive.js'
export { epsonTmT70iiCh } from './epson/tm-t70ii-ch.js'
export { epsonTmT88v } from './epson/tm-t88v.js'
export { type Evidence, evidenceOf } from './evidence.js'
export { isProfilePath, type ProfilePath, type ProfileSettings } from './fields.js'
export { generic58 } from './generic-58.js'
export { generic80 } from './generic-80.js'
export { overrideProfile } from './override-profile.js'
export { parseProfile } from './parse-profile.js'
export { xprinterXp80c } from './xprinter/xp-80c.js'
export { profiles }

export interface ProfileField {
  /** For people: `a whole number from 8 to 4096`. */
  readonly allowed: string
}

/** What each field of a profile may be, by its path. */
export const profileFields: Readonly<Record<ProfilePath, ProfileField>> = fields

export const profileIds: readonly string[] = profiles.map((profile) => profile.id)

/**
 * The profile of an id such as `generic-58`, or of another name of the printer such as `POS-5890K`. Throws `ReceiptError`
 * `PROFILE_UNKNOWN`, naming the nearest ids.
 */
export function findProfile(id: string): Profile {
  const found =
    profiles.find((profile) => profile.id === id) ??
    profiles.find(({ name, aliases }) => [name, ...aliases].some((other) => same(other, id)))
  if (found !== undefined) return found
  const near = nearestIds(id)
  throw new ReceiptError(`There is no printer profile '${id}'.`, {
    code: 'PROFILE_UNKNOWN',
    hint: `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}All are in \`xiaopiao profiles\`; an unknown printer begins with generic-58 or generic-80.`,
  })
}

/** Ids of the printers whose id, name or alias is like it. */
function nearestIds(id: string): readonly string[] {
  const idsByName = new Map(
    profiles.flatMap((profile) =>
      [profile.id, profile.name, ...profile.aliases].map((name) => [name, profile.id] as const),
    ),
  )
  const near = nearestNames(id, [...idsByName.keys()]).map((name) => idsByName.get(name) ?? name)
  return [...new Set(near)]
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
