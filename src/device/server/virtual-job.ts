/** The bytes of one connection, and the paper that the printer made of them. */

import { printBytes } from '../../emulator/virtual-printer.js'
import { decodeAll } from '../../encoders/escpos/codec.js'
import { joinBytes } from '../../model/join-bytes.js'
import type { Paper, PrintedSymbol } from '../../model/paper.js'
import type { Profile } from '../../model/profile.js'
import { paperToPng } from '../../paper/views/paper-png.js'
import { paperToText } from '../../paper/views/paper-text.js'
import type { VirtualJob } from './job-views.js'

/** Kinds of command that print nothing and change nothing. */
const questions: ReadonlySet<string> = new Set([
  // Clients send NULs to complete half a command that the printer may hold.
  'nul',
  'realtimeStatus',
  'statusRequest',
  'printerId',
  'processId',
  'paperStatus',
  'autoStatus',
  'realtimeClear',
])

export class ReceivedJob implements VirtualJob {
  /** Offset of the job's first byte in all bytes that the device received. */
  readonly start: number
  connection: 'open' | 'ended' | 'broken' = 'open'
  readonly #profile: Profile
  readonly #received: Uint8Array[] = []
  readonly #executed: Uint8Array[] = []
  #paper: { readonly pieces: number; readonly paper: Paper } | undefined

  constructor(profile: Profile, start: number) {
    this.#profile = profile
    this.start = start
  }

  get bytes(): Uint8Array {
    return joinBytes(this.#received)
  }

  get executed(): Uint8Array {
    return joinBytes(this.#executed)
  }

  get paper(): Paper {
    const pieces = this.#executed.length
    if (this.#paper?.pieces !== pieces) {
      this.#paper = { pieces, paper: printBytes(this.executed, this.#profile) }
    }
    return this.#paper.paper
  }

  get text(): string {
    return paperToText(this.paper)
  }

  get png(): Uint8Array {
    return paperToPng(this.paper)
  }

  get symbols(): readonly PrintedSymbol[] {
    return this.paper.symbols
  }

  /** Whether the job holds commands that are not questions. */
  get prints(): boolean {
    return decodeAll(this.bytes).some(({ command }) => !questions.has(command.kind))
  }

  addReceived(bytes: Uint8Array): void {
    this.#received.push(bytes)
  }

  addExecuted(bytes: Uint8Array): void {
    this.#executed.push(bytes)
  }
}
