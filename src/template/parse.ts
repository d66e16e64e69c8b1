/** Parses strings with `{{ expressions }}`. Only templates are parsed, never data. */

import {
  type DelimitedToken,
  type FilteredValueToken,
  type OperatorToken,
  type PropertyAccessToken,
  type TextToken,
  type Token,
  Tokenizer,
  TokenKind,
  Value,
} from 'liquidjs/dist/liquid.browser.mjs'
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { isError } from '../model/realms.js'
import { liquid, operators } from './engine.js'

export interface Expression {
  /** Source text without braces. */
  readonly source: string
  /** Path in the template, such as `nodes[3].value`. */
  readonly path: string
  readonly value: Value
  /** The steps of a plain path such as `item.name`; undefined for any other expression. */
  readonly steps: readonly string[] | undefined
  /** Begins with `| default`, so a missing variable is not an error. */
  readonly hasDefault: boolean
}

/** Returns the parts of a string, or null if it contains no expression. */
export function parseText(text: string, path: string): (string | Expression)[] | null {
  if (!text.includes('{{') && !text.includes('{%')) return null
  const tokens = parsing(text, path, () => new Tokenizer(text).readTopLevelTokens())
  return tokens.map((token) => {
    if (token.kind === TokenKind.HTML) return (token as TextToken).getContent()
    if (token.kind !== TokenKind.Output) throw tagError(token, path)
    const [from, to] = (token as DelimitedToken).contentRange
    return parseExpression(token.input.slice(from, to), path)
  })
}

export function parseExpression(source: string, path: string): Expression {
  const trimmed = source.trim()
  return parsing(trimmed, path, () => {
    const tokenizer = new Tokenizer(trimmed, operators)
    const parsed = tokenizer.readFilteredValue()
    tokenizer.skipBlank()
    if (!tokenizer.end() || !isWhole(parsed)) throw new Error('something is left over or missing')
    const value = new Value(parsed, liquid)
    const hasDefault = value.filters[0]?.name === 'default'
    return { source: trimmed, path, value, steps: stepsOf(parsed), hasDefault }
  })
}

function stepsOf(parsed: FilteredValueToken): readonly string[] | undefined {
  const [only, ...others] = parsed.initial.postfix
  if (only?.kind !== TokenKind.PropertyAccess || others.length > 0) return undefined
  const { variable, props } = only as PropertyAccessToken
  const names = props.map(({ content }) => content)
  const isPlain = variable === undefined && names.every((name) => typeof name === 'string')
  return isPlain ? names : undefined
}

/** Whether operators and operands reduce to one value. LiquidJS itself would take the first value and drop the rest. */
function isWhole(parsed: FilteredValueToken): boolean {
  let values = 0
  for (const token of parsed.initial.postfix) {
    if (token.kind !== TokenKind.Operator) values++
    else if ((token as OperatorToken).operator === 'not') {
      if (values < 1) return false
    } else if (--values < 1) return false
  }
  return values === 1
}

function parsing<T>(source: string, path: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof ReceiptError) throw error
    const filter = isError(error)
      ? /^undefined filter: (\S+)/.exec(error.message)?.[1]?.replace(/,$/, '')
      : undefined
    if (filter !== undefined) throw unknownFilter(filter, path)
    const message = isError(error) ? error.message.split(', line:')[0] : String(error)
    throw new ReceiptError(`cannot read the template text ${JSON.stringify(source)}: ${message}`, {
      code: 'TEMPLATE_SYNTAX',
      path,
      hint: "write {{ item.name }} or {{ total | money }}; a literal brace pair is {{ '{{' }}",
      cause: error,
    })
  }
}

function unknownFilter(name: string, path: string): ReceiptError {
  return new ReceiptError(`there is no filter ${name}`, {
    code: 'TEMPLATE_SYNTAX',
    path,
    hint:
      didYouMean(name, Object.keys(liquid.filters)) ?? '`xiaopiao docs template` lists the filters',
  })
}

function tagError(token: Token, path: string): ReceiptError {
  return new ReceiptError(`tags are not allowed in template texts: ${token.getText()}`, {
    code: 'TEMPLATE_TAG',
    path,
    hint: 'loops and conditions are nodes: {"kind":"each", …} and {"kind":"if", …}',
  })
}
