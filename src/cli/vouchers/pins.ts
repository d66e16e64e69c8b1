/** Reads PINs, typed without echo, or from a file or the standard input, but never from an argument, which other users can see. */

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Command } from 'commander'
import type { Archive } from '../../vouchers/archive.js'
import type { Person } from '../../vouchers/person.js'
import { inputError } from '../fail.js'
import { readBytes } from '../input.js'

export interface PinFlags {
  readonly pinFile?: string
}

/** Adds `--pin-file`. */
export function withPin(command: Command): Command {
  return command.option(
    '--pin-file <file>',
    'the PIN, if the store has operators: a line of a file, or - for the standard input; default: it is asked for',
  )
}

/** Signs an operator in by number and PIN. In a store without operators the name is returned as it is. */
export async function signedInBy(archive: Archive, by: string, flags: PinFlags): Promise<Person> {
  if ((await archive.operators.list()).length === 0) return by
  const [pin] = await readPins([`PIN of ${by}`], flags)
  return archive.operators.signIn(by, pin as string, { now: new Date() })
}

/**
 * Reads a PIN for each question, from the lines of the file or from the person at the screen.
 *
 * @throws XiaopiaoError `PIN_MISSING`
 */
export async function readPins(
  questions: readonly string[],
  { pinFile }: PinFlags,
): Promise<readonly string[]> {
  if (pinFile === undefined) return askAll(questions)
  const lines = new TextDecoder().decode(await readBytes(pinFile)).split(/\r?\n/)
  const pins = lines.map((line) => line.trim()).slice(0, questions.length)
  if (pins.length === questions.length && pins.every((pin) => pin !== '')) return pins
  throw inputError(
    'PIN_MISSING',
    `${questions.length === 1 ? 'a PIN is' : `${questions.length} PINs are`} missing: ${questions.join(', ')}`,
    'write each on a line',
    'pinFile',
  )
}

/** Reads a new PIN. It is asked for twice, because it is typed without echo. */
export async function readNewPin(question: string, flags: PinFlags): Promise<string> {
  if (flags.pinFile !== undefined) return (await readPins([question], flags))[0] as string
  const [pin, again] = await askAll([question, `${question}, again`])
  if (pin === again) return pin as string
  throw inputError('PIN_MISSING', 'the two PINs differ', 'type the same one twice', 'pin')
}

function askAll(questions: readonly string[]): Promise<readonly string[]> {
  return askSilently(questions, () =>
    inputError(
      'PIN_MISSING',
      'there is no screen to ask for a PIN',
      'give --pin-file FILE, or - for the standard input',
      'pinFile',
    ),
  )
}

/**
 * Asks the person at the screen, without showing what is typed.
 *
 * @param noScreen makes the error if the standard input is not a terminal
 */
export async function askSilently(
  questions: readonly string[],
  noScreen: () => Error,
): Promise<readonly string[]> {
  if (!process.stdin.isTTY) throw noScreen()
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    const pins: string[] = []
    for (const question of questions) {
      process.stderr.write(`${question}: `)
      pins.push((await lines.question('')).trim())
      process.stderr.write('\n')
    }
    return pins
  } finally {
    lines.close()
  }
}
