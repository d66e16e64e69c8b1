/** The help of every command, and what is said of a call that is wrong: in this process, over the tree of commands. */

import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.js'
import { findProfile } from '../../src/profiles/index.js'

const program = await createProgram([])

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

function withInner(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withInner)]
}

const commands = new Map(withInner(program).map((command) => [pathOf(command), command]))

function helpOf(command: Command): string {
  let help = ''
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  return help
}

/** The calls of xiaopiao in the examples of a help, as words; an example may be a pipe over several lines. */
function examplesOf(help: string): readonly (readonly string[])[] {
  const text = help.split(/\nExamples?:\n/)[1] ?? ''
  return text
    .replace(/'[^']*'/g, "'quoted'")
    .split(/[|\n]/)
    .map((part) => part.trim().split(/ [<>] /)[0] ?? '')
    .filter((part) => part.startsWith('xiaopiao '))
    .map((part) => part.split(' '))
}

describe('each command has examples, which are calls that it takes', () => {
  test('there are commands', () => {
    expect(commands.size).toBeGreaterThan(35)
  })

  test.each([...commands])('%s', (path, command) => {
    const examples = examplesOf(helpOf(command))
    expect(examples.map((words) => words.join(' ')).join('\n')).toContain(path)
    for (const words of examples) checkCall(words)
  })
})

/** Options are known and have values, needed ones and operands are there, and profiles exist. */
function checkCall(words: readonly string[]): void {
  const call = words.join(' ')
  const length = [4, 3, 2].find((count) => commands.has(words.slice(0, count).join(' '))) ?? 0
  const called = commands.get(words.slice(0, length).join(' '))
  if (called === undefined) throw new Error(`no command: ${call}`)
  const given = new Set<string>()
  const operands: string[] = []
  for (let i = length; i < words.length; i++) {
    const word = words[i] ?? ''
    if (!word.startsWith('-') || word === '-') {
      operands.push(word)
      continue
    }
    const option = called.options.find(({ short, long }) => short === word || long === word)
    if (option === undefined) throw new Error(`unknown ${word}: ${call}`)
    given.add(option.attributeName())
    const takesValue = option.required || (option.optional && !words[i + 1]?.startsWith('-'))
    if (takesValue) i++
    // The base of a link is an address.
    const isAddress = words[i]?.includes('://') === true
    if (['--profile', '--base'].includes(word) && !isAddress) findProfile(words[i] ?? '')
  }
  const needed = called.options.filter(
    (option) => option.mandatory && option.defaultValue === undefined,
  )
  for (const option of needed) expect([...given], call).toContain(option.attributeName())
  const needs = called.registeredArguments.filter((argument) => argument.required)
  expect(operands.length, call).toBeGreaterThanOrEqual(needs.length)
}

describe('a misspelt word of a call is named with what was meant', () => {
  test.each([
    ['complie x.json', "unknown command 'complie'", 'compile'],
    ['queue lst', "unknown command 'lst'", 'list'],
    ['vouchers fnd', "unknown command 'fnd'", 'find'],
    ['logos uplaod a.png', "unknown command 'uplaod'", 'upload'],
    ['compile a.json --profile generic-58 -o - --stric', "unknown option '--stric'", '--strict'],
    ['print a.json --profle generic-58 --to usb:', "option '--profile <id>' not", '--profile'],
    ['compile a.json --profile generic-58 --ouput a.bin', "'-o, --output <file>' not", '--output'],
    ['queue run --jornal a', "option '--journal <file>' not", '--journal'],
    ['doctor usb: --jsno', "unknown option '--jsno'", '--json'],
  ])('%s', async (line, problem, meant) => {
    const { error, code } = await wrongCall(line)
    expect(error.split('\n')[0]).toMatch(/^error: [a-z]/)
    expect(error).toContain(problem)
    expect(error).toMatch(new RegExp(`did you mean ${meant}\\?`))
    expect(code).toMatch(/^commander\./)
  })
})

describe('the standard input and output are given once', () => {
  test.each([
    ['compile - --data - --profile generic-58 -o -', 'STDIN_TWICE', 'the file and --data'],
    ['diff - - --profile generic-58', 'STDIN_TWICE', 'the file and the file'],
    ['preview a.json --profile - --data - -o -', 'STDIN_TWICE', '--data and --profile'],
    ['profiles derive --base - --id a -o a.json', 'STDIN_TWICE', '--base'],
    ['decode a.bin --profile generic-58 --png - --svg -', 'STDOUT_TWICE', '--png and --svg'],
    ['decode a.bin --profile generic-58 --png - --json', 'STDOUT_TWICE', '--png and --json'],
    ['compile a.json --profile generic-58 -o - --json', 'STDOUT_TWICE', '--output and --json'],
    ['queue list --journal -', 'FILE_NEEDED', '--journal'],
    ['vouchers verify --store -', 'FILE_NEEDED', '--store'],
  ])('%s', async (line, code, names) => {
    expect(await wrongCall(line)).toMatchObject({ code, message: expect.stringContaining(names) })
  })
})

describe('an option that is no number says what it must be', () => {
  const PRINT = 'print a.json --profile generic-58 --to usb:'
  test.each([
    [`${PRINT} --timeout soon`, '--timeout must be a number of seconds', '"soon"'],
    [`${PRINT} --timeout 0`, '--timeout must be a number of seconds', '"0"'],
    ['status usb: --timeout NaN', '--timeout must be a number of seconds', '"NaN"'],
    ['printers --scan 10.0.0.0/30 --port http', '--port must be a whole number', '"http"'],
    ['emulate --profile generic-58 --out a --speed fast', '--speed must be a number', '"fast"'],
    [
      'emulate --profile generic-58 --out a --port 70000',
      '--port must be a whole number from 0 to',
      '',
    ],
    ['profiles --width wide', '--width must be a whole number of dots', '"wide"'],
  ])('%s', async (line, says, found) => {
    const { message } = await wrongCall(line)
    expect(message).toContain(says)
    expect(message).toContain(found)
  })
})

/** The error of a call in this process, and what commander wrote about it. */
async function wrongCall(line: string) {
  const argv = ['node', 'xiaopiao', ...line.split(' ')]
  const fresh = await createProgram(argv)
  let error = ''
  for (const command of withInner(fresh))
    command.configureOutput({ writeErr: (text) => (error += text) })
  try {
    await fresh.parseAsync(argv)
  } catch (cause) {
    const { code, message } = cause as { readonly code: string; readonly message: string }
    return { error, code, message }
  }
  throw new Error('it was taken')
}
