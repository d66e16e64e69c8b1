/**
 * Compares the declarations of the public entries of two commits: `node scripts/compare-api.mjs BEFORE AFTER`. It says which exports are gone
 * or declared differently, and fails if one is gone. BEFORE and AFTER are folders that `tsc --declaration --emitDeclarationOnly --outDir FOLDER`
 * has written, with the `tsup.config.ts` of the commit beside `src`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** Maps each export, by the names of its entry and of itself, to its declaration without comments and places. */
function readApi(folder) {
  const config = readFileSync(join(folder, 'tsup.config.ts'), 'utf8')
  const entries = [...config.matchAll(/^ {2}'?([a-z/-]+)'?: '(src\/[^']+)\.ts',$/gm)]
    .map(([, name, path]) => ({ name, path: join(folder, `${path}.d.ts`) }))
    .filter(({ path }) => existsSync(path))
  const program = ts.createProgram(
    entries.map(({ path }) => path),
    { noEmit: true, skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: 100 },
  )
  const checker = program.getTypeChecker()
  const printer = ts.createPrinter({ removeComments: true })
  const api = new Map()
  for (const { name, path } of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path))
    for (const symbol of checker.getExportsOfModule(module)) {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
      const { declarations = [] } = isAlias ? checker.getAliasedSymbol(symbol) : symbol
      const text = declarations
        .map((one) => printer.printNode(ts.EmitHint.Unspecified, one, one.getSourceFile()))
        .join('\n')
        .replace(/import\("[^"]*"\)\./g, '')
      api.set(`${name}: ${symbol.name}`, text)
    }
  }
  return api
}

const [before, after] = process.argv.slice(2).map(readApi)
const gone = [...before.keys()].filter((name) => !after.has(name))
const changed = [...before.keys()].filter(
  (name) => after.has(name) && before.get(name) !== after.get(name),
)
const added = [...after.keys()].filter((name) => !before.has(name))
console.log(`${before.size} exports before, ${after.size} after, ${added.length} new`)
for (const name of gone) console.log(`gone     ${name}`)
for (const name of changed) {
  console.log(`changed  ${name}\n  - ${before.get(name)}\n  + ${after.get(name)}`)
}
process.exitCode = gone.length > 0 ? 1 : 0
