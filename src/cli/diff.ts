/** `xiaopiao diff`: shows how two streams differ, and what that changes on paper. */

import type { Command } from 'commander'
import { printBytes } from '../emulator/virtual-printer.js'
import { diffStreams } from '../inspect/diff.js'
import { type DiffPart, diffText } from '../inspect/diff-text.js'
import { diffPng } from '../paper/diff/diff-dots.js'
import { type ColorFlags, painter, withColor } from './color.js'
import { errorLine } from './fail.js'
import { type ProfileOptions, readBytes, readProfile, withProfile } from './input.js'
import { writeOutput } from './output.js'
import { STREAM } from './streams.js'

interface Options extends ProfileOptions, ColorFlags {
  readonly json?: boolean
  readonly png?: string
}

const styles = {
  heading: 'bold',
  removed: 'red',
  added: 'green',
  changed: 'yellow',
} as const satisfies Record<DiffPart, string>

export function addDiff(program: Command): void {
  withColor(withProfile(program.command('diff <before.bin> <after.bin>')))
    .description('compare two streams by their commands, and by what they print')
    .option('--json', 'bytes, paper, text, symbols, images, cuts and pulses that are different')
    .option(
      '--png <file>',
      'write both papers on one picture: red before, blue after; - is the standard output',
    )
    .addHelpText(
      'after',
      `
Exit codes:
  0  the same bytes, and so the same paper
  1  other bytes; the last line says whether the paper is the same
  2  it could not be compared

Examples:
  xiaopiao diff old.bin new.bin --profile generic-80 --png diff.png
  xiaopiao compile sale.json --profile generic-80 -o - | xiaopiao diff old.bin - --profile generic-80`,
    )
    .action(async (before: string, after: string, options: Options) => {
      try {
        process.exitCode = await compare(before, after, options)
      } catch (error) {
        // The exit code is 2, because 1 means that the streams differ, as with `diff`.
        process.stderr.write(`${errorLine(error)}\n`)
        process.exitCode = 2
      }
    })
}

async function compare(before: string, after: string, options: Options): Promise<0 | 1> {
  const profile = await readProfile(options)
  const [old, now] = [await readBytes(before), await readBytes(after)]
  const diff = diffStreams(old, now, profile)
  if (options.png !== undefined) {
    const [oldPaper, newPaper] = [printBytes(old, profile), printBytes(now, profile)]
    await writeOutput(options.png, diffPng(oldPaper.bitmap, newPaper.bitmap))
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(toJson(diff))}\n`)
  else if (options.png !== STREAM) {
    const color = painter(options)
    const paint = (part: DiffPart, text: string) => color(styles[part], text)
    process.stdout.write(diffText(diff, old, now, profile, { paint }))
  }
  return diff.sameBytes ? 0 : 1
}

/** The difference as JSON, with the offset, length and kind of commands; the listing has their values. */
function toJson(diff: ReturnType<typeof diffStreams>) {
  const places = (commands: (typeof diff.commands)[number]['before']) =>
    commands.map(({ offset, length, command }) => ({ offset, length, kind: command.kind }))
  return {
    ...diff,
    commands: diff.commands.map(({ before, after }) => ({
      before: places(before),
      after: places(after),
    })),
  }
}
