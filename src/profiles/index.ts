/** The printers we know: their profiles by id, and what can be done with a profile. */
import { ReceiptError } from '../model/errors.js'
import type { Profile } from '../model/profile.js'
import { epsonTmT70iiCh } from './epson-tm-t70ii-ch.js'
import { epsonTmT88v } from './epson-tm-t88v.js'
import { profileFields as fields, type ProfilePath } from './fields.js'
import { generic58 } from './generic-58.js'
import { generic80 } from './generic-80.js'
import { nearestNames } from './nearest.js'
import { xprinterXp80c } from './xprinter-xp-80c.js'

export { charsetOf, metricsOf } from './derive.js'
export { isProfilePath, type ProfilePath } from './fields.js'
export { overrideProfile } from './override-profile.js'
export { parseProfile } from './parse-profile.js'
export { epsonTmT70iiCh, epsonTmT88v, generic58, generic80, xprinterXp80c }

export interface ProfileField {
  /** For people: `a whole number from 8 to 4096`. */
  readonly allowed: string
}

/** What each field of a profile may be, by its path. */
export const profileFields: Readonly<Record<ProfilePath, ProfileField>> = fields

/** All profiles, the generic ones first. */
export const profiles: readonly Profile[] = [
  generic58,
  generic80,
  epsonTmT70iiCh,
  epsonTmT88v,
  xprinterXp80c,
]

export const profileIds: readonly string[] = profiles.map((profile) => profile.id)

/** The profile of an id such as `generic-58`. Throws `ReceiptError` `PROFILE_UNKNOWN`, naming the nearest ids. */
export function findProfile(id: string): Profile {
  const found = profiles.find((profile) => profile.id === id)
  if (found !== undefined) return found
  const near = nearestNames(id, profileIds)
  throw new ReceiptError(`There is no printer profile '${id}'.`, {
    code: 'PROFILE_UNKNOWN',
    hint: `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}Profiles: ${profileIds.join(', ')}.`,
  })
}
