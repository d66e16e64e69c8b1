/**
 * The file of an agent's reports to the hub. Each report is on the disk before it is sent, and keeps its number, so that a report whose answer was
 * lost is sent again under the same number.
 */

import type { FileHandle } from 'node:fs/promises'
import { createFile, openFile, readBytes, replaceFile, writeAll } from '../journal/disk.js'
import { type Checksum, formatSummed, NEWLINE, summedEnd } from '../journal/summed-lines.js'
import { messageOf } from '../model/realms.js'
import { AgentError, wiped } from './errors.js'

/** A report with the number under which it is sent. */
export interface Numbered<Report> {
  readonly seq: number
  readonly report: Report
}

/** The file is rewritten when the hub has everything and the file is larger than this. */
const COMPACT_BYTES = 1 << 20

type Line<Report> = Numbered<Report> | { readonly acked: number }

/** The reports of an agent. The lock of the agent's folder makes sure that only one process has the file open. */
export class Outbox<Report extends object> {
  readonly #path: string
  readonly #checksum: Checksum
  readonly #pending: Numbered<Report>[] = []
  #lastSeq = 0
  #bytes = 0
  #damaged = 0
  #turn: Promise<unknown> = Promise.resolve()
  /** Reports that wait for the current write to end. All of them share the next write. */
  #gathered: Report[] = []
  #writing: Promise<void> | undefined

  private constructor(path: string, checksum: Checksum) {
    this.#path = path
    this.#checksum = checksum
  }

  /** @throws JournalError if the file cannot be read; AgentError `AGENT_WIPED` if it is not there */
  static async open<Report extends object>(path: string): Promise<Outbox<Report>> {
    const { crc32 } = await import('node:zlib')
    const outbox = new Outbox<Report>(path, crc32)
    await outbox.#read()
    return outbox
  }

  /** Reports that the hub has not confirmed, the oldest first. */
  get pending(): readonly Numbered<Report>[] {
    return this.#pending
  }

  /** Number of the newest report. */
  get lastSeq(): number {
    return this.#lastSeq
  }

  /** Number of lines that were damaged when the file was read. Their reports are made again from the journal. */
  get damaged(): number {
    return this.#damaged
  }

  /** Appends a report, which is on the disk when the promise resolves. */
  async append(report: Report): Promise<void> {
    this.#gathered.push(report)
    this.#writing ??= this.#inTurn(() => this.#writeGathered())
    await this.#writing
  }

  /** Drops all reports up to this number, which the hub has confirmed. It does not sync, because a lost write only repeats them. */
  async confirm(seq: number): Promise<void> {
    const count = this.#pending.findIndex((one) => one.seq > seq)
    this.#pending.splice(0, count < 0 ? this.#pending.length : count)
    await this.#inTurn(async () => {
      if (this.#pending.length === 0 && this.#bytes > COMPACT_BYTES) await this.#compact(seq)
      else await this.#write([{ acked: seq }], 'later')
    })
  }

  async close(): Promise<void> {
    await this.#turn
  }

  async #writeGathered(): Promise<void> {
    const reports = this.#gathered
    this.#gathered = []
    this.#writing = undefined
    const lines = reports.map((report, i) => ({ seq: this.#lastSeq + 1 + i, report }))
    await this.#write(lines, 'now')
    this.#lastSeq += lines.length
    this.#pending.push(...lines)
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task)
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #write(lines: readonly Line<Report>[], sync: 'now' | 'later'): Promise<void> {
    const bytes = Buffer.concat(lines.map((line) => formatSummed(line, this.#checksum)))
    const handle = await this.#opened()
    try {
      try {
        await writeAll(handle, bytes, this.#bytes)
        if (sync === 'now') await handle.datasync()
      } catch (cause) {
        await handle.truncate(this.#bytes).catch(() => {})
        throw unwritten(this.#path, cause)
      }
      this.#bytes += bytes.length
    } finally {
      await handle.close()
    }
  }

  async #opened(): Promise<FileHandle> {
    const handle = await openFile(this.#path, 'r+')
    if (handle === undefined) throw wiped(this.#path)
    return handle
  }

  async #compact(seq: number): Promise<void> {
    const handle = await this.#opened()
    try {
      const like = await handle.stat({ bigint: true })
      const bytes = formatSummed({ acked: seq }, this.#checksum)
      await replaceFile(this.#path, like, (fresh) => writeAll(fresh, bytes, 0))
      this.#bytes = bytes.length
    } finally {
      await handle.close()
    }
  }

  async #read(): Promise<void> {
    const handle = await this.#opened()
    try {
      const { size } = await handle.stat()
      const bytes = await readBytes(handle, 0, size)
      let from = 0
      while (from < bytes.length) {
        const end = summedEnd(bytes, from, this.#checksum)
        const newline = bytes.indexOf(NEWLINE, from)
        // A crash cut the last line, so that `append` had not resolved for its report.
        if (newline < 0 && (end ?? bytes.length) >= bytes.length) break
        if (end === undefined) this.#damaged++
        else this.#take(JSON.parse(bytes.toString('utf8', from, end)) as Line<Report>)
        from = (end ?? newline) + 1
      }
      this.#bytes = Math.min(from, bytes.length)
      if (size > this.#bytes) await handle.truncate(this.#bytes)
    } finally {
      await handle.close()
    }
  }

  #take(line: Line<Report>): void {
    if ('acked' in line) {
      this.#lastSeq = Math.max(this.#lastSeq, line.acked)
      const count = this.#pending.findIndex(({ seq }) => seq > line.acked)
      this.#pending.splice(0, count < 0 ? this.#pending.length : count)
      return
    }
    this.#lastSeq = Math.max(this.#lastSeq, line.seq)
    this.#pending.push({ seq: line.seq, report: line.report })
  }
}

/** Makes the empty file of an agent that is being enrolled. */
export async function makeOutbox(path: string): Promise<void> {
  const handle = await createFile(path)
  await handle.close()
}

function unwritten(path: string, cause: unknown): AgentError {
  return new AgentError(`${path} cannot be written (${messageOf(cause)})`, {
    code: 'OUTBOX_UNWRITTEN',
    hint: 'make room on its disk, and check that this user may write to the file and its folder',
    cause,
  })
}
