/** Reads the exports of the package: every value and type of each entry of `tsup.config.ts`, with its declaration and its comment. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Returns each entry's name after `xiaopiao/` ("" for the package itself) and its source file. Profiles are left out, because they are data. */
export function entries() {
  const config = readFileSync(join(root, 'tsup.config.ts'), 'utf8')
  const named = [...config.matchAll(/^ {2}'?([a-z/-]+)'?: '(src\/[^']+\.ts)',$/gm)].map(
    ([, name, path]) => ({ name: name === 'index' ? '' : name, path }),
  )
  const transports = readdirSync(join(root, 'src/transports'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => ({ name: `transports/${file.slice(0, -3)}`, path: `src/transports/${file}` }))
  return [...named, ...transports]
}

/** The API, which is read once per process, because that takes seconds. */
let api

/**
 * Returns the exports of all entries in their order. An export of several entries is listed once, with the names of all of them.
 * `kind` is function, class, constant or type.
 */
export function publicApi() {
  api ??= readApi()
  return api
}

function readApi() {
  const all = entries()
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  )
  const program = ts.createProgram(
    all.map(({ path }) => join(root, path)),
    { ...options, noEmit: true },
  )
  const checker = program.getTypeChecker()
  const found = new Map()
  for (const { name: entry, path } of all) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, path)))
    if (module === undefined) continue
    for (const exported of checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
      const known = found.get(symbol)
      if (known !== undefined) known.entries.push(entry)
      else {
        const described = describe(exported.name, entry, symbol, checker)
        found.set(symbol, isTypeOnly(exported) ? { ...described, kind: 'type' } : described)
      }
    }
  }
  return [...found.values()]
}

/** The functions and classes of the public API: what a caller can call. */
export function publicFunctions() {
  return publicApi().filter(({ kind }) => kind === 'function' || kind === 'class')
}

/** Whether a class is exported as a type only, so that a caller can name it but not construct it. */
function isTypeOnly({ declarations: [declaration] = [] }) {
  if (declaration === undefined || !ts.isExportSpecifier(declaration)) return false
  return declaration.isTypeOnly || declaration.parent.parent.isTypeOnly
}

function describe(name, entry, symbol, checker) {
  const [declaration] = symbol.declarations ?? []
  const source = declaration.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(declaration.getStart())
  const tags = symbol.getJsDocTags(checker)
  return {
    name,
    entries: [entry],
    kind: kindOf(symbol, declaration, checker),
    file: relative(root, source.fileName).split(sep).join('/'),
    line: line + 1,
    comment: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
    examples: tags
      .filter((tag) => tag.name === 'example')
      .map((tag) => ts.displayPartsToString(tag.text).trim()),
    deprecated: tags.some((tag) => tag.name === 'deprecated'),
    signature: signatureOf(symbol, checker),
  }
}

function kindOf(symbol, declaration, checker) {
  if ((symbol.flags & ts.SymbolFlags.Class) !== 0) return 'class'
  if ((symbol.flags & ts.SymbolFlags.Function) !== 0) return 'function'
  if ((symbol.flags & ts.SymbolFlags.Variable) === 0) return 'type'
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration)
  return type.getCallSignatures().length > 0 ? 'function' : 'constant'
}

/** Returns the declaration without `export`, bodies and private members. */
function signatureOf(symbol, checker) {
  const written = (symbol.declarations ?? []).flatMap((declaration) => {
    if (ts.isFunctionDeclaration(declaration)) return headOf(declaration, checker)
    if (ts.isClassDeclaration(declaration)) return classOf(declaration, checker)
    return []
  })
  return written.join('\n')
}

function headOf(node, checker) {
  const source = node.getSourceFile()
  const end = node.body?.getStart() ?? node.getEnd()
  const text = source.text.slice(node.getStart(), end).trim()
  const signature = checker.getSignatureFromDeclaration(node)
  const returns =
    node.type !== undefined || ts.isConstructorDeclaration(node) || signature === undefined
      ? ''
      : `: ${checker.typeToString(signature.getReturnType())}`
  return text.replace(/^export /, '').replace(/^(?:override )?async /, '') + returns
}

function classOf(node, checker) {
  const heritage = (node.heritageClauses ?? []).map((clause) => ` ${clause.getText()}`).join('')
  const members = node.members
    .filter(
      (member) =>
        (ts.isConstructorDeclaration(member) ||
          ts.isMethodDeclaration(member) ||
          ts.isGetAccessorDeclaration(member)) &&
        !(member.name !== undefined && ts.isPrivateIdentifier(member.name)),
    )
    .map((member) => `  ${headOf(member, checker).replaceAll('\n', '\n  ')}`)
  const body = members.length === 0 ? '{}' : `{\n${members.join('\n')}\n}`
  return `class ${node.name?.text}${heritage} ${body}`
}
