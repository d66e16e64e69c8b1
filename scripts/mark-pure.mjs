/**
 * Marks what a module computes when it is loaded as free of effects, so that a bundler leaves out what a program does not use. A bundler
 * has to suppose that a call, a `new` or a property may do something; in this package none of them does.
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

/** The text of an ES module, with each constant that may act inside of a call that is marked as pure. */
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

/** Whether more than a literal or a function is made; what a function does is done when it is called. */
function mayAct(node) {
  if (ts.isFunctionLike(node)) return false
  return MAY_ACT.has(node.kind) || ts.forEachChild(node, mayAct) === true
}
