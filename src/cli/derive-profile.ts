/** `xiaopiao profiles derive`: asks what was seen on the test page and writes the profile that it proves. */

import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import {
  type Answers,
  allowedAnswers,
  checkAnswer,
  deriveProfile,
  readAnswer,
} from '../test-page/derive-profile.js'
import { type Question, questions } from '../test-page/questions.js'
import { inputError } from './fail.js'
import { readBaseProfile, readJson } from './input.js'
import { writeOutput } from './output.js'
import { STREAM } from './streams.js'

interface Options {
  readonly base: string
  readonly id: string
  readonly name?: string
  readonly maker?: string
  readonly answers?: string
  readonly output: string
}

export function addDerive(profiles: Command): void {
  profiles
    .command('derive')
    .description('answer what the test page shows, and get a profile for --profile')
    .requiredOption('--base <id>', 'profile that the page was printed with, or its .json file')
    .requiredOption('--id <id>', 'of the new profile: words joined by -, such as kitchen-80')
    .option('--name <text>', 'for people')
    .option('--maker <text>', 'who made the printer')
    .option('--answers <file.json>', 'the answers, instead of being asked; - is the standard input')
    .requiredOption('-o, --output <file.json>', 'where to write it; - is the standard output')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao profiles derive --base generic-80 --id kitchen -o kitchen.json
  xiaopiao profiles derive --base generic-80 --id kitchen --answers answers.json -o -`,
    )
    .action(async (options: Options) => {
      const { base, id, name = id, maker, answers: file, output } = options
      if (base === STREAM && file === undefined) {
        const message = 'the answers are read from the standard input, and so is --base'
        throw inputError('STDIN_TWICE', message, 'name a file for --base, or add --answers FILE')
      }
      const from = await readBaseProfile(base)
      const answers = file === undefined ? await ask() : await readAnswers(file)
      const named = { id, name, ...(maker !== undefined && { vendor: maker }) }
      const profile = deriveProfile(from, named, answers)
      await writeOutput(output, `${JSON.stringify(profile, null, 2)}\n`)
      if (output === STREAM) return
      process.stdout.write(`${output}: ${profile.widthDots} dots, ${profile.charset}\n`)
    })
}

async function readAnswers(file: string): Promise<Answers> {
  const json = await readJson(file)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw inputError('ANSWERS_INVALID', `${file} is no object of answers`)
  }
  return json as Answers
}

/** Reads an answer per line, from a person, who may try again, or from a pipe. An empty line leaves the field as it is. */
async function ask(): Promise<Answers> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const answers: Record<string, unknown> = {}
  for (let at = 0; at < questions.length; ) {
    const question = questions[at] as Question
    process.stderr.write(`${question.ask} [${allowedAnswers(question)}; empty: not known] `)
    const { value, done } = await lines.next()
    if (done === true) break
    try {
      const answer = readAnswer(question, value)
      checkAnswer(question, answer)
      answers[question.key] = answer
      at++
    } catch (error) {
      if (process.stdin.isTTY !== true) throw error
      process.stderr.write(`${(error as Error).message}\n`)
    }
  }
  process.stderr.write('\n')
  await lines.return?.()
  return answers
}
