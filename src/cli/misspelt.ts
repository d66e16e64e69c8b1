/** Rewrites commander's messages about a wrong call in our style, with the name that was probably meant. */

import type { Command } from 'commander'
import { didYouMean } from '../model/nearest-names.js'

/** Adds a hint to commander's message about a missing option, because an unknown option in the call may be that one misspelt. */
export function inOurWords(text: string, program: Command, argv: readonly string[]): string {
  const missing = /required option '(?:-\w, )?(--[\w-]+)/.exec(text)?.[1]
  const words = text.replace('(Did you mean', '(did you mean')
  if (missing === undefined) return words
  const known = new Set(optionsOf(program))
  const unknown = argv
    .filter((word) => word.startsWith('--'))
    .map((word) => word.split('=')[0] ?? '')
  for (const word of unknown) {
    const hint = known.has(word) ? undefined : didYouMean(word, [missing])
    if (hint !== undefined) return `${words.trimEnd()}\n(found ${word}: ${hint})\n`
  }
  return words
}

function optionsOf(command: Command): readonly string[] {
  return [
    ...command.options.map(({ long }) => long ?? ''),
    ...command.commands.flatMap((one) => optionsOf(one)),
  ]
}
