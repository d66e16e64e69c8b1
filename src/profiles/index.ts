/** The known printers: their profiles by id, and the functions on profiles. */
import { profileFields as fields, type ProfilePath } from './fields.js'
import { profiles } from './list.gen.js'

export type { CanDraw, Charset, CharsetPage } from '../charsets/charset.js'
export type { EvidenceKind } from '../model/profile.js'
export { charsetOf, metricsOf } from './derive.js'
export { epsonTmT70iiCh } from './epson/tm-t70ii-ch.js'
export { epsonTmT88v } from './epson/tm-t88v.js'
export { type Evidence, evidenceOf } from './evidence.js'
export { isProfilePath, type ProfilePath, type ProfileSettings } from './fields.js'
export { findProfile, vendorOf } from './find-profile.js'
export { generic58 } from './generic-58.js'
export { generic80 } from './generic-80.js'
export { overrideProfile } from './override-profile.js'
export { parseProfile } from './parse-profile.js'
export { xprinterXp80c } from './xprinter/xp-80c.js'
export { profiles }

export interface ProfileField {
  /** The allowed values in words, such as `a whole number from 8 to 4096`. */
  readonly allowed: string
}

/** The rules for each field of a profile, by its path. */
export const profileFields: Readonly<Record<ProfilePath, ProfileField>> = fields

export const profileIds: readonly string[] = profiles.map((profile) => profile.id)
