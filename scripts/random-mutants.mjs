/**
 * Breaks the code at random places, one at a time, in a copy of the tree, and runs the tests that import it, because places that nobody has
 * chosen show what the tests miss. `node scripts/random-mutants.mjs --count 20 --seed 1 [--in printer]`. The exit code is 1 if a mutant
 * survives. Read each survivor, because some change nothing that can be seen.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    in: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
})

/** Files with data, texts and generated tables are left out, because tests cannot know that a figure there is wrong. */
const LEFT_OUT = /\.gen\.ts$|\.d\.ts$|^profiles\/|^hub-page\/|^entries\//
const LIMIT_MS = 600_000
/** The folder of tests of each room whose tests are in a folder of another name. */
const TESTS_OF = { device: 'emulator', inspect: 'emulator' }
/** Leaves out the tests of the package and of examples, which need files that the copy lacks, and would fail without a mutant. */
const WITHOUT = ['--exclude', 'test/package/**', '--exclude', 'test/examples.test.ts']

/** The operator that replaces each operator. */
const OTHER = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '|': '&',
  '&': '|',
  '>>': '<<',
  '<<': '>>',
}

/** Finds the places of a file that can be broken: start, end, and the text that replaces them. */
function placesIn(path) {
  const text = readFileSync(join(root, 'src', path), 'utf8')
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found = []
  const add = (node, after) =>
    found.push({ path, from: node.getStart(source), to: node.getEnd(), after })
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node))
      return
    if (ts.isBinaryExpression(node)) {
      const other = OTHER[node.operatorToken.getText(source)]
      if (other !== undefined) add(node.operatorToken, other)
    } else if (ts.isIfStatement(node)) {
      add(node.expression, `!(${node.expression.getText(source)})`)
    } else if (ts.isConditionalExpression(node)) {
      add(node.condition, `!(${node.condition.getText(source)})`)
    } else if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) {
      add(node, `(${node.text} + 1)`)
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false')
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true')
    else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) add(node, ';')
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found.map((place) => ({
    ...place,
    line: source.getLineAndCharacterOfPosition(place.from).line + 1,
    text,
  }))
}

/** Mulberry32: the same seed gives the same mutants for the same code. */
function chance(seed) {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const places = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !LEFT_OUT.test(file) && file.startsWith(values.in))
  .sort()
  .flatMap(placesIn)
const random = chance(Number(values.seed))
const chosen = Array.from({ length: Number(values.count) }, () => places[random(places.length)])
console.log(`${chosen.length} of ${places.length} places, seed ${values.seed}`)

const copy = mkdtempSync(join(tmpdir(), 'random-mutants-'))
let survivors = 0
try {
  if (!values.list) {
    for (const path of ['src', 'test', 'fixtures', 'scripts', 'docs', 'examples', 'schema', 'dist'])
      cpSync(join(root, path), join(copy, path), { recursive: true, preserveTimestamps: true })
    for (const path of readdirSync(root).filter((name) => /\.(json|ts|md)$/.test(name)))
      cpSync(join(root, path), join(copy, path), { preserveTimestamps: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  }
  for (const { path, from, to, after, line, text } of chosen) {
    const shown = `src/${path}:${line}  ${text.slice(from, to)} → ${after}`
    if (values.list) {
      console.log(shown)
      continue
    }
    const file = join(copy, 'src', path)
    writeFileSync(file, text.slice(0, from) + after + text.slice(to))
    const killedBy = killerOf(file, path)
    writeFileSync(file, text)
    if (killedBy === undefined) survivors++
    console.log(
      `${killedBy === undefined ? 'SURVIVED' : 'killed'.padEnd(8)}  ${shown}  ${killedBy ?? ''}`,
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
if (!values.list) console.log(`${chosen.length - survivors} of ${chosen.length} killed`)
process.exit(survivors === 0 ? 0 : 1)

/** Returns the first test that fails, of the tests of the file's room and then of all that import the file; undefined if none fails. */
function killerOf(file, path) {
  const [room] = path.split('/')
  const tests = `test/${TESTS_OF[room] ?? room}/`
  return (
    (existsSync(join(copy, tests)) ? failureOf('run', tests) : undefined) ??
    failureOf('related', file, '--run', ...WITHOUT)
  )
}

/** Runs tests, and returns the failure, if there is one. A run that hangs is a failure too. */
function failureOf(...words) {
  const { status, stdout, stderr, error } = spawnSync('npx', ['vitest', ...words, '--bail=1'], {
    cwd: copy,
    env: { ...process.env, XIAOPIAO_RUNS: '100', NO_COLOR: '1', UPDATE_GOLDENS: '' },
    encoding: 'utf8',
    timeout: LIMIT_MS,
  })
  if (error !== undefined) return 'its time limit'
  if (status === 0) return undefined
  const output = `${stdout}${stderr}`
  return /FAIL\s+(.*)/.exec(output)?.[1]?.slice(0, 120) ?? `an error: ${output.slice(-300)}`
}
