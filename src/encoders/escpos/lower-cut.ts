/** Cuts, and the pulse that opens a drawer. */

import type { Report } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import type { CutBlock, PulseBlock } from '../../model/strip.js'
import type { Command, CommandOut } from './commands/index.js'
import { feedDots } from './feed-dots.js'

export function lowerCut(
  block: CutBlock,
  {
    profile,
    report,
    out,
  }: { readonly profile: Profile; readonly report: Report; readonly out: CommandOut },
): void {
  const mode = profile.cuts.includes(block.mode) ? block.mode : profile.cuts[0]
  if (mode === undefined) {
    report({
      code: 'CUT_UNSUPPORTED',
      severity: 'info',
      message: `${profile.id} has no cutter: the paper is fed to the tear bar`,
      path: block.path,
    })
    feedDots(block.heightDots, out)
    return
  }
  if (mode !== block.mode) {
    report({
      code: 'CUT_MODE_CHANGED',
      severity: 'info',
      message: `${profile.id} cannot make a ${block.mode} cut: a ${mode} one is made`,
      path: block.path,
    })
  }
  out.push({ kind: 'cutFeed', m: mode === 'full' ? 65 : 66, n: 0 })
}

/** Makes the command for a drawer pulse. Its times are in units of 2 ms; the profile's lie between 2 and 510 ms. */
export function pulse(block: PulseBlock, { drawer }: Profile): Command {
  const pin = block.pin ?? drawer.pin
  const units = (ms: number) => Math.round(ms / 2)
  return {
    kind: 'drawerPulse',
    m: pin === 2 ? 0 : 1,
    t1: units(drawer.onMs),
    t2: units(drawer.offMs),
  }
}
