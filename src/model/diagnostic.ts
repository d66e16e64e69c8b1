/** Diagnostics: messages of the pipeline, returned as data beside the result and never logged. */

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
