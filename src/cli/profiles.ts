/** `xiaopiao profiles`: the printer models known by name, and one of them in full. */

import type { Command } from 'commander'
import { findProfile, profileIds } from '../profiles/index.js'

export function addProfiles(program: Command): void {
  program
    .command('profiles [id]')
    .description('list the printer models, or show one')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  xiaopiao profiles\n  xiaopiao profiles generic-58 --json')
    .action((id: string | undefined, { json = false }: { readonly json?: boolean }) => {
      const profiles = id === undefined ? profileIds.map(findProfile) : [findProfile(id)]
      if (json || id !== undefined) {
        process.stdout.write(
          `${JSON.stringify(id === undefined ? profiles : profiles[0], null, 2)}\n`,
        )
        return
      }
      for (const { id: name, widthDots, charset, name: model } of profiles) {
        process.stdout.write(
          `${name.padEnd(20)} ${String(widthDots).padStart(4)} dots  ${charset.padEnd(14)} ${model}\n`,
        )
      }
    })
}
