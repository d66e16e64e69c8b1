/**
 * Makes the job that prints a kept slip. Its bytes are printed unchanged, because the current template or settings would print another slip
 * than the customer has. The mark of a reprint is a separate strip above them: it cannot be put into the slip, because only the hash of the
 * slip's template is known.
 */

import { joinBytes } from '../../model/join-bytes.js'
import type { PrintJob } from '../../model/print-job.js'
import type { Profile } from '../../model/profile.js'
import { canonicalValue } from '../canonical-value.js'
import type { CopyName } from '../settings.js'
import type { KeptCopy, KeptSlips } from './kept-slips.js'
import { reprintMark } from './ready-slip.js'
import type { SlipReprint } from './slip-data.js'

/**
 * Fields of a profile that must be equal for kept bytes to print the same paper. The others may differ, because a later version of the
 * library may know the model better.
 */
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
  /** The facts for the mark of a reprint; left out for a first print. */
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
