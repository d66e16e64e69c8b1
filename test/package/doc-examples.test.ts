import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiPage } from '../../scripts/api-page.mjs'
import { exampleProgram } from '../../scripts/doc-examples.mjs'
import { entries, publicFunctions } from '../../scripts/public-api.mjs'
import { ensureBuilt, root } from '../built.js'

// In the project, where the name `xiaopiao` is the project itself.
const source = join(root, 'examples', '.doc-examples.ts')
const compiled = join(root, 'examples', '.doc-examples.mjs')

beforeAll(async () => {
  await ensureBuilt()
  writeFileSync(source, exampleProgram())
})
afterAll(() => {
  for (const file of [source, compiled]) rmSync(file, { force: true })
})

describe('the examples in the comments of public functions', () => {
  test('are there for at least nine of ten', () => {
    const functions = publicFunctions()
    const without = functions.filter(({ examples }) => examples.length === 0)
    expect(functions.length).toBeGreaterThan(100)
    expect(without.map(({ name }) => name).slice(functions.length / 10)).toEqual([])
  })

  test('are on the page of the API: npm run docs:api', () => {
    expect(readFileSync(join(root, 'docs/api.md'), 'utf8')).toBe(apiPage())
  })

  test('compile, with the types of the sources', { timeout: 240_000 }, () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      root,
    )
    const paths = entries().map(({ name, path }) => [
      name === '' ? 'xiaopiao' : `xiaopiao/${name}`,
      [join(root, path)],
    ])
    const program = ts.createProgram([source], {
      ...options,
      paths: Object.fromEntries(paths),
      noEmit: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
    })
    const faults = program
      .getSemanticDiagnostics(program.getSourceFile(source))
      .concat(program.getSyntacticDiagnostics(program.getSourceFile(source)))
      .map(({ messageText, file, start = 0 }) => {
        const [before = ''] = file?.text.slice(start).split('\n') ?? []
        return `${before}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
      })
    expect(faults).toEqual([])
  })

  test('run, and give the values that they claim', { timeout: 240_000 }, () => {
    const { outputText } = ts.transpileModule(ts.sys.readFile(source) ?? '', {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    })
    writeFileSync(compiled, outputText)
    const runner = join(root, 'test/package/run-doc-examples.mjs')
    const picture = join(root, 'docs/first-page.png')
    // The examples tell what a developer sees, and in CI `matchPaper` writes no golden that is missing.
    const { CI: _, ...environment } = process.env
    const written = execFileSync(process.execPath, [runner, compiled, picture], {
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const outcomes: { name: string; at: string; claims: number; wrong: string[] }[] =
      JSON.parse(written)
    expect(outcomes.length).toBeGreaterThan(100)
    expect(outcomes.filter(({ claims, wrong }) => claims === 0 || wrong.length > 0)).toEqual([])
  })
})
