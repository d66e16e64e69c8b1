/** The comment of an error class that lists its codes: it lists exactly those that its room throws, because callers act on them. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from '../built.js'

const CODE = /^[A-Z]+(?:_[A-Z]+)+$/

/** Codes that no caller gets. */
const INSIDE: readonly string[] = [
  // The store catches it and asks the server again, or throws `STORE_UNREACHABLE`.
  'CONNECTION_LOST',
]

/** Returns the codes of errors in a source: the texts of their form that are neither compared nor part of a diagnostic. */
function codesIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isObjectLiteralExpression(node) && isDiagnostic(node)) return
    if (ts.isBinaryExpression(node) && node.operatorToken.getText() === '===') return
    if (ts.isStringLiteral(node) && CODE.test(node.text)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('code.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

function isDiagnostic({ properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some(({ name }) => name?.getText() === 'severity')
}

/** Returns the codes that a comment lists, each in the code marks of Markdown. */
function listedIn(source: string): string[] {
  return [...source.matchAll(/`([^`]+)`/g)]
    .map(([, word = '']) => word)
    .filter((word) => CODE.test(word))
}

const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort()

test('the list of VoucherError has every code that the voucher room throws, once', () => {
  const room = join(root, 'src/vouchers')
  const thrown = readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => codesIn(readFileSync(join(room, file), 'utf8')))
    .filter((code) => !INSIDE.includes(code))
  const listed = listedIn(readFileSync(join(room, 'errors.ts'), 'utf8'))
  expect(listed.length).toBeGreaterThan(50)
  expect(sorted(listed)).toEqual(sorted(thrown))
  expect(listed.filter((code, i) => listed.indexOf(code) !== i)).toEqual([])
})

test('a code is found where it is thrown, and not where it is compared or reported', () => {
  expect(codesIn("throw new VoucherError('x', { code: 'A_B' })")).toEqual(['A_B'])
  expect(codesIn("throw invalid('x', 'A_B', issues)")).toEqual(['A_B'])
  expect(codesIn("throw failed(isOne ? 'A_B' : 'C_D')")).toEqual(['A_B', 'C_D'])
  expect(codesIn("if (error.code === 'A_B') return")).toEqual([])
  expect(codesIn("report({ code: 'A_B', severity: 'warning' })")).toEqual([])
})
