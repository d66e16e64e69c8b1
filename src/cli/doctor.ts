/** `xiaopiao doctor`: says what is wrong with a printer, or with the bytes that a program sends to it, and how to fix it. */

import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { diagnose, type Finding } from '../discovery/doctor.js'
import { printBytes } from '../emulator/virtual-printer.js'
import type { Paper } from '../model/paper.js'
import { decodeSummary } from '../paper/views/summary.js'
import { exitCodes } from './fail.js'
import { readBaseProfile, readBytes } from './input.js'
import { STREAM } from './streams.js'

const MARKS = { good: 'ok  ', note: '    ', bad: '!!  ' } as const

interface Options {
  readonly speeds: boolean
  readonly json?: boolean
  readonly profile: string
}

export function addDoctor(program: Command): void {
  program
    .command('doctor <address|bytes.bin>')
    .description(
      'try what a person would try with a printer, or read the bytes that a program sends to it, and say what is wrong; nothing is printed',
    )
    .option('--no-speeds', 'do not ask a silent serial line at other speeds')
    .option('--profile <id>', 'printer model that reads the bytes of a file', 'generic-80')
    .option('--json', 'findings as JSON, one a line')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao doctor tcp://192.168.1.50
  xiaopiao doctor serial:/dev/ttyUSB0?baud=9600
  xiaopiao doctor job.bin
  xiaopiao doctor job.bin --profile epson-tm-t88v`,
    )
    .action(async (target: string, { speeds, json, profile }: Options) => {
      let wrong = false
      const findings = (await isFile(target))
        ? diagnoseBytes(printBytes(await readBytes(target), await readBaseProfile(profile)))
        : diagnose(target, { trySpeeds: speeds })
      for await (const finding of findings) {
        wrong ||= finding.verdict === 'bad'
        const { verdict, says, fix } = finding
        const text = `${MARKS[verdict]}${says}\n${fix === undefined ? '' : `    → ${fix}\n`}`
        process.stdout.write(json ? `${JSON.stringify(finding)}\n` : text)
      }
      if (wrong) process.exitCode = exitCodes.notPrinted
    })
}

/** Whether the target is a file of bytes. A device such as /dev/usb/lp0 counts as an address, whose error says that the scheme is missing. */
async function isFile(target: string): Promise<boolean> {
  if (target === STREAM) return true
  const found = await stat(target).catch(() => undefined)
  return found?.isFile() === true
}

/**
 * Judges the paper that an ESC/POS printer makes of the bytes. It looks for another printer language first, because
 * the other findings would be meaningless then.
 */
function diagnoseBytes(paper: Paper): readonly Finding[] {
  const { notes } = paper
  const language = notes.find(({ code }) => code === 'LOOKS_LIKE')
  if (language !== undefined) return [{ verdict: 'bad', says: language.message }]
  const { text, symbols, images, cuts, pulses, unknown } = decodeSummary(paper)
  const lines = text === '' ? 0 : text.split('\n').length
  const found = [
    countOf(lines, 'line'),
    countOf(symbols.length, 'code'),
    countOf(images.length, 'picture'),
    countOf(cuts, 'cut'),
    countOf(pulses, 'drawer pulse'),
  ].filter((part) => part !== '')
  if (found.length === 0) return [{ verdict: 'bad', says: 'nothing of it prints' }]
  const says = notes.map(({ code, message }) => `${message} (${code})`)
  const [first] = unknown
  if (first !== undefined) {
    const { offset, hex } = first
    says.push(`${countOf(unknown.length, 'unknown command')}, the first at byte ${offset}: ${hex}`)
  }
  return [
    { verdict: 'good', says: `it is ESC/POS: ${found.join(', ')}` },
    ...says.map((one) => ({ verdict: 'note', says: one }) as const),
  ]
}

function countOf(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`
}
