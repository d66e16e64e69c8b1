/** Status questions that are sent after the test page over a two-way link, because only trying shows which ones a printer answers. */
import { encodeCommands } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'

export interface StatusRow {
  readonly row: string
  readonly label: string
  readonly bytes: Uint8Array
  /** Longest wait for the answer, in milliseconds. */
  readonly waitMs: number
}

/** Wait for the answer to `GS r`, which comes only after the whole page has been printed. */
const PAGE_MS = 30_000
const SHORT_MS = 2000

/** The questions in order. Each waits for its answer before the next one is sent. */
export const statusRows: readonly StatusRow[] = [
  status('S1', 'DLE EOT 1', { kind: 'realtimeStatus', n: 1 }, SHORT_MS),
  status('S2', 'GS r 1', { kind: 'statusRequest', n: 1 }, PAGE_MS),
  status('S3', 'GS I 67', { kind: 'printerId', n: 67 }, SHORT_MS),
  status('S4', 'GS I 69', { kind: 'printerId', n: 69 }, SHORT_MS),
  status('S5', 'GS ( H', { kind: 'processId', data: Uint8Array.from([84, 69, 83, 84]) }, SHORT_MS),
]

function status(row: string, label: string, command: Command, waitMs: number): StatusRow {
  return { row, label, bytes: encodeCommands([command]), waitMs }
}
