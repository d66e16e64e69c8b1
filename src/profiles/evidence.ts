/** The evidence for a field of a profile. */
import { type EvidenceKind, evidenceKinds, type Profile } from '../model/profile.js'
import type { ProfilePath } from './fields.js'

export interface Evidence {
  readonly kind: EvidenceKind
  /** Manual and page, or the discussion thread; empty if the kind says enough. */
  readonly where: string
}

/**
 * Returns the evidence for a field: that of the field itself, else of its group, else of the whole profile.
 *
 * @example
 * evidenceOf(profile, 'widthDots') // { kind: 'database', where: 'POS-5890, ZJ-5870 and others' }
 */
export function evidenceOf(profile: Profile, path: ProfilePath): Evidence {
  for (let at: string = path; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) {
    const found = profile.sources[at]
    if (found !== undefined) return read(found)
  }
  return read(profile.sources['*'] ?? 'guessed')
}

function read(source: string): Evidence {
  const colon = source.indexOf(': ')
  const kind = colon < 0 ? source : source.slice(0, colon)
  return {
    kind: evidenceKinds.find((known) => known === kind) ?? 'guessed',
    where: colon < 0 ? '' : source.slice(colon + 2),
  }
}
