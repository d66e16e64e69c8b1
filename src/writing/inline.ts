/** Reads the marks inside a line: `**bold**`, `__underlined__`, `\*` for the character itself. Expressions are left unchanged. */

import type { StyledText, Text } from '../elements/nodes.js'

/** A fault, and its offset in the line. */
export interface Fault {
  readonly message: string
  readonly offset: number
}

const MARKS = { '**': 'bold', __: 'underline' } as const
type Mark = keyof typeof MARKS

const TOKENS = /\{\{[\s\S]*?\}\}|\\[!-/:-@[-`{-~]|\*\*|__|<\/?[A-Za-z][^>]*>|!?\[[^\]]*\]\([^)]*\)/g

/** Returns the text of a line, or its first fault. */
export function inlineText(line: string): Text | Fault {
  const spans: (string | StyledText)[] = []
  const open = new Map<Mark, number>()
  const style: { bold?: boolean; underline?: boolean } = {}
  let plain = ''
  let last = 0
  const flush = () => {
    if (plain !== '') spans.push(open.size === 0 ? plain : { text: plain, ...style })
    plain = ''
  }
  for (const match of line.matchAll(TOKENS)) {
    const [token] = match
    plain += line.slice(last, match.index)
    last = match.index + token.length
    if (token.startsWith('{{')) plain += token
    else if (token.startsWith('\\')) plain += token.slice(1)
    else if (token === '**' || token === '__') {
      flush()
      if (open.delete(token)) delete style[MARKS[token]]
      else {
        open.set(token, match.index)
        style[MARKS[token]] = true
      }
    } else if (token.startsWith('<')) {
      return { message: `HTML means nothing here: ${token}`, offset: match.index }
    } else {
      const what = token.startsWith('!') ? 'a picture or code inside a line' : 'a link'
      return { message: `${what} means nothing here`, offset: match.index }
    }
  }
  plain += line.slice(last)
  const [unclosed] = open
  if (unclosed !== undefined) {
    return { message: `${unclosed[0]} is opened and not closed`, offset: unclosed[1] }
  }
  flush()
  const [first = ''] = spans
  return spans.length < 2 && typeof first === 'string' ? first : spans
}

export function isFault(value: Text | Fault): value is Fault {
  return typeof value === 'object' && 'offset' in value
}

/** Returns the cells of `| a | b |` with their offsets. A bar in an expression or after a backslash does not separate cells. */
export function cellsOf(
  line: string,
): readonly { readonly text: string; readonly offset: number }[] {
  const inner = line.replace(/^\s*\|/, '').replace(/\|\s*$/, '')
  const cells: { text: string; offset: number }[] = []
  let offset = line.indexOf('|') + 1
  let text = ''
  const push = () => {
    const lead = text.length - text.trimStart().length
    cells.push({ text: text.trim(), offset: offset + lead })
    offset += text.length + 1
    text = ''
  }
  for (const [token] of inner.matchAll(/\{\{[\s\S]*?\}\}|\\[\s\S]|[\s\S]/g)) {
    if (token === '|') push()
    else text += token
  }
  push()
  return cells
}
