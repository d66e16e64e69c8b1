/** Types of the parts of LiquidJS's browser build that are used here. The package's own types are not used, because they need Node's. */

declare module 'liquidjs/dist/liquid.browser.mjs' {
  export interface Token {
    readonly kind: number
    readonly input: string
    getText(): string
  }
  export interface DelimitedToken extends Token {
    /** Start and end offsets in `input`, without delimiters. */
    readonly contentRange: [number, number]
  }
  export interface TextToken extends Token {
    getContent(): string
  }
  /** `item.name`: its steps are identifiers, or expressions in brackets. */
  export interface PropertyAccessToken extends Token {
    readonly variable?: unknown
    readonly props: readonly { readonly content?: unknown }[]
  }
  export interface OperatorToken extends Token {
    readonly operator: string
  }
  export const TokenKind: {
    readonly Tag: number
    readonly Output: number
    readonly HTML: number
    readonly Operator: number
    readonly PropertyAccess: number
  }
  export interface Expression {
    readonly postfix: readonly Token[]
    evaluate(context: Context, lenient: boolean): unknown
  }
  export interface FilteredValueToken {
    readonly initial: Expression
  }
  export class Tokenizer {
    constructor(
      input: string,
      operators?: Operators,
      file?: string,
      range?: readonly [number, number],
    )
    readTopLevelTokens(): Token[]
    readFilteredValue(): FilteredValueToken
    skipBlank(): number
    end(): boolean
  }
  export interface Filter {
    readonly name: string
    render(value: unknown, context: Context): unknown
  }
  export class Value {
    constructor(input: FilteredValueToken, liquid: Liquid)
    readonly initial: Expression
    readonly filters: readonly Filter[]
  }
  export class Context {
    constructor(
      environment: object,
      options?: unknown,
      renderOptions?: { readonly sync?: boolean },
      services?: { readonly liquid?: Liquid; readonly memoryLimit?: unknown },
    )
    /** Counts the entries and characters that filters make. The contexts of a template and its partials share it. */
    readonly memoryLimit: unknown
    push(scope: object): number
    pop(): object | undefined
  }
  export type Operators = Record<
    string,
    (left: unknown, right: unknown, context: Context) => unknown
  >
  export const defaultOperators: Operators
  export type FilterFunction = (value: unknown, ...args: unknown[]) => unknown
  export const filters: Readonly<Record<string, unknown>>
  export class Liquid {
    constructor(options?: {
      readonly strictVariables?: boolean
      readonly strictFilters?: boolean
      readonly ownPropertyOnly?: boolean
      readonly memoryLimit?: number
      readonly operators?: Operators
    })
    readonly options: { readonly operators: Operators }
    readonly filters: Record<string, unknown>
    readonly tags: Record<string, unknown>
    registerFilter(name: string, filter: unknown): void
  }
  /** Runs a generator of this library to its end. */
  export function toValueSync(value: unknown): unknown
}
