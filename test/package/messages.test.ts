/** What users read when something is wrong has one style: lower case, no full stop, and parts that are joined by semicolons. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from '../built.js'

/** Names and notes of printer models, what the test page prints, and the pages of counter and hub: prose that no error shows. */
const PROSE =
  /^(profiles\/|counter\/page\/|hub-page\/page-words\.ts$|test-page\/(test-page|questions|text-sections|device-sections)\.ts$)/
/** Help of the command line is written in the form of its library. */
const HELP = /\.(description|option|requiredOption|argument|addHelpText)$/
/** Words with a capital: names, and the one text of a library that is compared with. */
const NAMES = /^(Epson|Star|Linux|Windows|Node|Data Matrix|Aztec|Invalid input$)/

const isSentence = (text: string) =>
  (/^[A-Z][a-z]* /.test(text) && !NAMES.test(text)) ||
  (text.includes(' ') && /[\w)}’'`"]\.$/.test(text)) ||
  /[\w)’'`"]{2}\. [A-Z]/.test(text)

/** The text of a literal, with what is put into it left as it is in the code. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined
}

function sentencesOf(file: string, source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && HELP.test(node.expression.getText())) {
      // The receiver of the call may be a chain of such calls.
      return visit(node.expression)
    }
    const text = textOf(node)
    if (text !== undefined && isSentence(text)) found.push(`${file}: ${text}`)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true))
  return found
}

test('no message of the code is a sentence with a capital or a full stop', () => {
  const source = join(root, 'src')
  const sentences = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.gen)\.tsx?$/.test(file) && !PROSE.test(file))
    .flatMap((file) => sentencesOf(file, readFileSync(join(source, file), 'utf8')))
  expect(sentences).toEqual([])
})

test.each([
  ["throw new Error('The cover is open')", true],
  ["throw new Error('the cover is open.')", true],
  ["const hint = 'close the cover. Then try again'", true],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
  ['const hint = `Try ${uri}`', true],
  ["throw new Error('the cover is open')", false],
  ["const hint = 'use x = 1.5, or see docs/printing.md'", false],
  ["program.option('--json', 'As JSON').action(() => {})", false],
  ["program.command('x').description('Prints it').action(() => fail('It cannot.'))", true],
])('%s is one: %s', (code, expected) => {
  expect(sentencesOf('code.ts', code).length > 0).toBe(expected)
})
