/** The notes of the pipeline, as data beside the result: never logged, never lost. */

export type Severity = 'info' | 'warning' | 'error'

export interface Diagnostic {
  /** Stable name such as `CHAR_SUBSTITUTED`. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** Path in the receipt, for example `nodes[3].value`. */
  readonly path: string
  readonly hint?: string
}

export type Report = (diagnostic: Diagnostic) => void
