/** `xiaopiao doctor`: what is wrong with a printer, and how to mend it. */

import type { Command } from 'commander'
import { diagnose } from '../discovery/index.js'
import { exitCodes } from './fail.js'

const MARKS = { good: 'ok  ', note: '    ', bad: '!!  ' } as const

interface Options {
  readonly speeds: boolean
  readonly json?: boolean
}

export function addDoctor(program: Command): void {
  program
    .command('doctor <uri>')
    .description(
      'try what a person would try with a printer, and say what is wrong; nothing is printed',
    )
    .option('--no-speeds', 'do not ask a silent serial line at other speeds')
    .option('--json', 'findings as JSON, one a line')
    .addHelpText(
      'after',
      '\nExamples:\n  xiaopiao doctor tcp://192.168.1.50\n  xiaopiao doctor serial:/dev/ttyUSB0?baud=9600',
    )
    .action(async (uri: string, { speeds, json }: Options) => {
      let wrong = false
      for await (const finding of diagnose(uri, { trySpeeds: speeds })) {
        wrong ||= finding.verdict === 'bad'
        const { verdict, says, fix } = finding
        const text = `${MARKS[verdict]}${says}\n${fix === undefined ? '' : `    → ${fix}\n`}`
        process.stdout.write(json ? `${JSON.stringify(finding)}\n` : text)
      }
      if (wrong) process.exitCode = exitCodes.notPrinted
    })
}
