import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import config from '../../tsup.config.js'
import { root } from '../built.js'

/** The sources of the public entries: those of the build that package.json does not hide. */
function publicEntries(): string[] {
  const { entry } = config as { entry: Record<string, string> }
  return Object.entries(entry)
    .filter(([name]) => !/^(cli|data-loader|glyph-data|symbol-generator|profiles)\//.test(name))
    .map(([, file]) => join(root, file))
}

/** Types of our sources that the declarations of exported functions and types name, and that no entry exports. */
function hiddenTypes(): string[] {
  const files = publicEntries()
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) expect(existsSync(file)).toBe(true)
  const parsed = ts.parseConfigFileTextToJson(
    '',
    ts.sys.readFile(join(root, 'tsconfig.json')) ?? '',
  )
  const { options } = ts.convertCompilerOptionsFromJson(parsed.config.compilerOptions, root)
  const declared = ['charsets', 'glyphs', 'symbols', 'preload', 'template'].flatMap((room) =>
    ts.sys.readDirectory(join(root, 'src', room), ['.d.ts']),
  )
  const program = ts.createProgram([...files, ...declared], options)
  const checker = program.getTypeChecker()
  const original = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const exported = new Set<ts.Symbol>()
  for (const file of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.Node)
    if (module === undefined) throw new Error(`${file} exports nothing`)
    for (const symbol of checker.getExportsOfModule(module)) exported.add(original(symbol))
  }
  const hidden = new Set<string>()
  const look = (node: ts.Node, from: string): void => {
    // A body is no part of a signature, private members are not seen, and the namespace JSX is for the compiler.
    if (ts.isBlock(node) || ts.isModuleBlock(node) || isPrivate(node)) return
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const name = ts.isTypeReferenceNode(node) ? node.typeName : node.expression
      const found = checker.getSymbolAtLocation(name)
      const symbol = found && original(found)
      const place = symbol?.declarations?.[0]
      if (place !== undefined && isComputed(place)) return
      if (
        symbol &&
        place?.getSourceFile().fileName.startsWith(join(root, 'src')) &&
        !ts.isTypeParameterDeclaration(place) &&
        !exported.has(symbol)
      ) {
        hidden.add(`${symbol.name} (of ${from})`)
      }
    }
    ts.forEachChild(node, (child) => look(child, from))
  }
  for (const symbol of exported) {
    for (const declaration of symbol.declarations ?? []) {
      if (!declaration.getSourceFile().fileName.startsWith(join(root, 'src'))) continue
      if (ts.isVariableDeclaration(declaration)) {
        if (declaration.type) look(declaration.type, symbol.name)
        continue
      }
      look(declaration, symbol.name)
    }
  }
  return [...hidden].sort()
}

/** A type that the compiler computes from another: a caller sees the result. */
function isComputed(place: ts.Node): boolean {
  return (
    ts.isTypeAliasDeclaration(place) &&
    place.typeParameters !== undefined &&
    (ts.isConditionalTypeNode(place.type) ||
      ts.isIndexedAccessTypeNode(place.type) ||
      ts.isMappedTypeNode(place.type))
  )
}

function isPrivate(node: ts.Node): boolean {
  if (ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node)) {
    if (ts.isPrivateIdentifier(node.name)) return true
  }
  const flags = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return flags?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false
}

test('public signatures name only types that can be imported', () => {
  expect(hiddenTypes()).toEqual([])
})
