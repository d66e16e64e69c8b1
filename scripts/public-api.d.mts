export interface PublicExport {
  readonly name: string
  /** The part after `xiaopiao/`, "" for the package itself. */
  readonly entries: readonly string[]
  readonly kind: 'function' | 'class' | 'constant' | 'type'
  readonly file: string
  readonly line: number
  readonly comment: string
  readonly examples: readonly string[]
  readonly deprecated: boolean
}

export function entries(): readonly { readonly name: string; readonly path: string }[]
export function publicApi(): readonly PublicExport[]
export function publicFunctions(): readonly PublicExport[]
