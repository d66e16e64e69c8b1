/**
 * Measures the prose of `src`: how its comments read, in figures per 1,000 comments, and how many public functions have
 * an example. The patterns are crude on purpose, because they only have to show a direction and the same list serves
 * every commit.
 *
 *   node scripts/prose.mjs                 the table
 *   node scripts/prose.mjs --rooms         the table for each folder of src
 *   node scripts/prose.mjs --list because  the comments that a row counts
 *   node scripts/prose.mjs --pick 10 --seed 1   comments chosen at random, to be read
 *   node scripts/prose.mjs --check         fails where a figure is worse than the project allows
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { publicFunctions } from './public-api.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each row of the table, with the pattern that counts a comment. */
const rows = {
  headless: {
    says: 'begins What/Who/Where/Which …',
    pattern: /^(?:what|who|whom|whose|where|which|whatever|whoever)\b(?![^.]*\?)/i,
  },
  isNo: { says: '"is no X", "are none"', pattern: /\b(?:is|are|was|were|has|have) (?:no|none)\b/i },
  nothing: {
    says: 'nothing/nobody/no one as subject',
    pattern: /(?:^|[.;:,(] ?)(?:and |but |because |so that |that )?(?:nothing|nobody|no one)\b/i,
  },
  whereIf: {
    says: '"where" meaning "if"',
    pattern: /(?:^|[,;:(] ?|\. )where\b|\b(?:only|but|except|even|and) where\b/i,
  },
  filler: {
    says: 'anew, by itself, behind it, stands, of its own',
    pattern: /\b(?:anew|by (?:it|them)sel(?:f|ves)|behind it|stands?|of (?:its|their) own)\b/i,
  },
  because: { says: 'because', pattern: /\bbecause\b/i },
  example: {
    says: 'for example, such as, e.g.',
    pattern: /\b(?:for example|such as|e\.g\.|@example)/i,
  },
  we: { says: "we, don't, it's", pattern: /\b(?:we|our|us|\w+n't|it's|that's)\b/i },
}

const { values: options } = parseArgs({
  options: {
    rooms: { type: 'boolean' },
    list: { type: 'string' },
    pick: { type: 'string' },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean' },
  },
})

const comments = sourceFiles().flatMap(commentsOf)
if (options.list !== undefined) list(options.list)
else if (options.pick !== undefined) pick(Number(options.pick), Number(options.seed))
else if (options.rooms) printRooms()
else printTable()

/** Lists the source files, without generated tables and the data files of profiles, whose comments are not prose. */
function sourceFiles() {
  const folder = join(root, 'src')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !/^profiles\/[^/]+\//.test(file) && !/generated/.test(file))
    .sort()
    .map((file) => join(folder, file))
}

/** Reads the comments of a file: each block, and each run of lines that begin with `//`, becomes one text without stars. */
function commentsOf(path) {
  const text = readFileSync(path, 'utf8')
  const file = relative(root, path)
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const ranges = new Map()
  const visit = (node) => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      ranges.set(range.pos, range)
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? [])
      ranges.set(range.pos, range)
    for (const child of node.getChildren(source)) visit(child)
  }
  visit(source)
  const found = []
  for (const range of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const line = source.getLineAndCharacterOfPosition(range.pos).line + 1
    const words = plain(text.slice(range.pos, range.end))
    const before = found.at(-1)
    const continues =
      range.kind === ts.SyntaxKind.SingleLineCommentTrivia &&
      before?.single &&
      before.lastLine === line - 1 &&
      onItsLineAlone(text, range.pos)
    if (continues) {
      before.text += ` ${words}`
      before.lastLine = line
    } else if (words !== '' && !/^(?:biome-ignore|@ts-|@vitest|<reference)/.test(words)) {
      const single = range.kind === ts.SyntaxKind.SingleLineCommentTrivia
      found.push({ file, line, lastLine: line, single, text: words })
    }
  }
  return found
}

function onItsLineAlone(text, at) {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === ''
}

function plain(comment) {
  return comment
    .replace(/^\/\*\*?|\*\/$/g, '')
    .split('\n')
    .map((line) => line.trim().replace(/^(?:\/\/+|\*) ?/, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function figures(some) {
  const counts = Object.entries(rows).map(([name, { pattern }]) => {
    const hits = some.filter(({ text }) => pattern.test(text)).length
    return [name, some.length === 0 ? 0 : (hits * 1000) / some.length]
  })
  return Object.fromEntries(counts)
}

function printTable() {
  const found = figures(comments)
  const lengths = comments.map(({ text }) => text.split(' ').length).sort((a, b) => a - b)
  const at = (share) => lengths[Math.floor(lengths.length * share)]
  console.log(`${comments.length} comments; per 1,000 of them`)
  for (const [name, { says }] of Object.entries(rows))
    console.log(`${found[name].toFixed(1).padStart(7)}  ${says} (${name})`)
  console.log(`${String(at(0.5)).padStart(7)}  words: median; 95th percentile ${at(0.95)}`)
  const functions = publicFunctions()
  const shown = functions.filter((one) => one.examples.length > 0)
  const share = (shown.length * 100) / functions.length
  console.log(
    `${share.toFixed(1).padStart(6)}%  public functions with an @example (${shown.length} of ${functions.length})`,
  )
  if (!options.check) return
  const faults = []
  if (found.headless >= 5) faults.push('headless beginnings must be under 5 per 1,000')
  if (found.because < 10) faults.push('"because" must stand in at least 10 of 1,000')
  if (share < 90) faults.push('at least 90 % of the public functions need an @example')
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}

function printRooms() {
  const rooms = Map.groupBy
    ? Map.groupBy(comments, roomOf)
    : comments.reduce(
        (map, one) => map.set(roomOf(one), [...(map.get(roomOf(one)) ?? []), one]),
        new Map(),
      )
  const names = Object.keys(rows)
  console.log(['room'.padEnd(12), 'number', ...names].join('  '))
  for (const [room, some] of rooms) {
    const found = figures(some)
    const cells = names.map((name) => found[name].toFixed(0).padStart(name.length))
    console.log([room.padEnd(12), String(some.length).padStart(6), ...cells].join('  '))
  }
}

function roomOf({ file }) {
  return file.split(sep).length > 2 ? file.split(sep)[1] : 'main'
}

function list(name) {
  const row = rows[name]
  if (row === undefined) throw new Error(`no row "${name}": ${Object.keys(rows).join(', ')}`)
  for (const { file, line, text } of comments)
    if (row.pattern.test(text)) console.log(`${file}:${line}: ${text}`)
}

/** Picks comments by their place in the list, so that a seed picks from the same parts of the sources at any commit. */
function pick(count, seed) {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let i = 0; i < count; i += 1) {
    const { file, line, text } = comments[Math.floor(next() * comments.length)]
    console.log(`${file}:${line}: ${text}`)
  }
}
