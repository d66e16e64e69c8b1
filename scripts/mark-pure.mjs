/**
 * Marks the constants that a module computes when it is loaded as free of effects, so that a bundler can leave out unused ones. A bundler
 * must assume that a call, a `new` or a property access may have effects; in this package none of them has.
 */
import ts from 'typescript'

const { SyntaxKind } = ts
const MAY_ACT = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.TaggedTemplateExpression,
])

/** Wraps each constant of an ES module that a bundler may believe to have effects in a call that is marked as pure. */
export function markPure(text) {
  const file = ts.createSourceFile(
    'module.js',
    text,
    ts.ScriptTarget.Latest,
    false,
    ts.ScriptKind.JS,
  )
  const places = []
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer === undefined || !ts.isIdentifier(name) || !mayAct(initializer)) continue
      places.push([initializer.getStart(file), initializer.end])
    }
  }
  let marked = ''
  let at = 0
  for (const [start, end] of places) {
    marked += `${text.slice(at, start)}/* @__PURE__ */(()=>(${text.slice(start, end)}))()`
    at = end
  }
  return marked + text.slice(at)
}

/** Whether evaluating the node may have effects. The body of a function does not count, because it only runs when it is called. */
function mayAct(node) {
  if (ts.isFunctionLike(node)) return false
  return MAY_ACT.has(node.kind) || ts.forEachChild(node, mayAct) === true
}
