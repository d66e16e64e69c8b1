/** Reads receipts, templates and data from YAML. Each error has a line and a column. */

import type { Document, LineCounter, Node, Pair } from 'yaml'
import { ReceiptError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import { messageOf } from '../model/realms.js'
import { positionText, stepsOf, type Written } from './written.js'

type Library = typeof import('yaml')

/** Most uses of aliases. The limit is needed because aliases may contain others, so that a small file could expand enormously. */
const MAX_ALIASES = 1000

/**
 * Reads YAML (1.2, the core schema; one document). Whatever YAML would change silently is an error: a number that begins with 0 or has
 * more digits than are exact, a duplicate key, a tag. It needs the package `yaml`.
 *
 * @throws ReceiptError `YAML_INVALID`, whose path is the place: `line 5, column 7`; `YAML_LIBRARY_MISSING`
 * @example (await readYaml('nodes:\n- kind: text\n  text: 谢谢惠顾')).value // { nodes: [{ kind: 'text', text: '谢谢惠顾' }] }
 */
export async function readYaml(
  text: string,
  load: () => Promise<unknown> = () => importOptional('yaml'),
): Promise<Written> {
  const library = await libraryOf(load)
  const lines = new library.LineCounter()
  const document = library.parseDocument(text, {
    ...{ version: '1.2', schema: 'core', strict: true, uniqueKeys: true, stringKeys: true },
    ...{ lineCounter: lines, prettyErrors: false },
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw invalid(problem.message, placeAt(lines, problem.pos[0]))
  checkValues(library, document, lines)
  return { value: plainValue(document), placeOf: (path) => placeOf(library, document, lines, path) }
}

async function libraryOf(load: () => Promise<unknown>): Promise<Library> {
  try {
    return (await load()) as Library
  } catch (cause) {
    throw new ReceiptError('the library "yaml" cannot be loaded', {
      code: 'YAML_LIBRARY_MISSING',
      hint: 'install it beside xiaopiao: npm install yaml',
      cause,
    })
  }
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    throw invalid(messageOf(error), undefined)
  }
}

/** Checks that numbers are valid in JSON and keep their digits, that aliases are defined, and that there are no tags. */
function checkValues(library: Library, document: Document.Parsed, lines: LineCounter): void {
  library.visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return
      throw invalid(`there is no &${alias.source}`, placeAt(lines, alias.range?.[0] ?? 0))
    },
    Collection: (_, { tag, range }) => checkTag(tag, range?.[0], lines),
    Scalar(_, scalar) {
      const { value, source = '', range, tag } = scalar
      checkTag(tag, range?.[0], lines)
      if (typeof value !== 'number') return
      const at = placeAt(lines, range?.[0] ?? 0)
      if (/^[-+]?0\d/.test(source)) throw invalid('a number begins with 0, which would be lost', at)
      if (!Number.isFinite(value)) throw invalid('a number is not finite', at)
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw invalid('a number has more digits than are exact', at)
      }
    },
  })
}

/** Refuses a tag, because it would turn the written value into bytes, a time or a set. */
function checkTag(tag: string | undefined, offset: number | undefined, lines: LineCounter): void {
  if (tag !== undefined)
    throw invalid(`the tag ${tag} means nothing here`, placeAt(lines, offset ?? 0))
}

/** Returns the place of the innermost part of the path that exists. */
function placeOf(
  library: Library,
  document: Document.Parsed,
  lines: LineCounter,
  path: string,
): string | undefined {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const step of stepsOf(path)) {
    if (library.isAlias(node)) node = node.resolve(document)
    if (library.isMap(node)) {
      const pair = node.items.find(({ key }) => library.isScalar(key) && String(key.value) === step)
      if (pair === undefined) break
      offset = startOf((pair as Pair<Node>).key) ?? offset
      node = pair.value
    } else if (library.isSeq(node)) {
      node = node.items[Number(step)]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset === undefined ? undefined : placeAt(lines, offset)
}

function startOf(node: unknown): number | undefined {
  return (node as Partial<Node> | null | undefined)?.range?.[0]
}

function placeAt(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return positionText({ line, column: col })
}

function invalid(message: string, path: string | undefined): ReceiptError {
  const said = message.split('\n', 1)[0] ?? ''
  return new ReceiptError(
    `not YAML that can be read: ${said.charAt(0).toLowerCase()}${said.slice(1)}`,
    {
      code: 'YAML_INVALID',
      path,
      hint: 'put text that looks like a number or a mark of YAML in quotes, and indent with blanks',
    },
  )
}
