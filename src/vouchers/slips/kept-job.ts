/**
 * A kept slip on paper again. Its bytes are printed as they are, because the template or the settings of today would print another slip
 * than the customer has. The mark of a reprint is a strip of its own in front of them: within the slip there is no place for it, since its
 * template is known by its hash alone.
 */

import { joinBytes } from '../../model/join-bytes.js'
import type { PrintJob } from '../../model/print-job.js'
import type { Profile } from '../../model/profile.js'
import { canonicalValue } from '../canonical-value.js'
import type { CopyName } from '../settings.js'
import type { KeptCopy, KeptSlips } from './kept-slips.js'
import { reprintMark } from './ready-slip.js'
import type { SlipReprint } from './slip-data.js'

/** The printer that bytes are made for. In the other fields of a profile a later version may know its model better. */
const PAPER = [
  ...(['id', 'paperMm', 'widthDots', 'dpi', 'head'] as const),
  ...(['charset', 'utf8', 'codePageTable'] as const),
] as const

/** The copy as it is kept, if a printer of `profile` prints the same paper; else undefined. */
export function keptFor(
  kept: KeptSlips | undefined,
  name: CopyName,
  profile: Profile,
): KeptCopy | undefined {
  if (kept === undefined) return undefined
  const isSame = PAPER.every(
    (field) => canonicalValue([kept.profile[field]]) === canonicalValue([profile[field]]),
  )
  return isSame ? kept.copies.find((copy) => copy.name === name) : undefined
}

export interface KeptJobOptions {
  readonly profile: Profile
  readonly opensDrawer: boolean
  /** Left out for a first print. */
  readonly reprint?: SlipReprint | undefined
}

export async function keptJob(
  { bytes }: KeptCopy,
  { profile, opensDrawer, reprint }: KeptJobOptions,
): Promise<PrintJob> {
  const nodes = [
    ...(opensDrawer ? [{ kind: 'drawer' } as const] : []),
    ...(reprint === undefined ? [] : reprintMark(reprint)),
  ]
  if (nodes.length === 0) return { bytes }
  const { compile } = await import('../../compile.js')
  const head = compile({ nodes }, { profile })
  const from = head.bytes.length
  const line = head.segments.reduce((most, { lastLine }) => Math.max(most, lastLine), 0) + 1
  const slip = { from, to: from + bytes.length, firstLine: line, lastLine: line, paths: ['slip'] }
  return {
    bytes: joinBytes([head.bytes, bytes]),
    segments: [...head.segments, { kind: 'print', ...slip }],
  }
}
