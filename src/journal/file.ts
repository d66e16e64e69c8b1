/**
 * A journal in a file: lines of JSON that are only appended, on the disk before the job goes on.
 *
 * It is long because appending, reading and compacting share one open file and one lock, and no other file may touch them.
 */

import type { FileHandle } from 'node:fs/promises'
import { type FileLock, LockError, lockFile } from '../locks/file-lock.js'
import type { Diagnostic } from '../model/diagnostic.js'
import {
  FLAG,
  type OptionRules,
  readArgument,
  readOptions,
  TEXT,
  TIME_LIMIT,
  wholeNumber,
} from '../model/options.js'
import { messageOf } from '../model/realms.js'
import {
  createFile,
  identityOf,
  openFile,
  readBytes,
  realPathOf,
  replaceFile,
  unreadable,
  unwritten,
  writeAll,
} from './disk.js'
import { doubtedBy, namedIn } from './doubts.js'
import { readLine, readLines, type Stretch } from './lines.js'
import { isOver, payloadIn } from './next-record.js'
import { Records } from './records.js'
import { readPayload, type StoredLine, storePayload } from './stored.js'
import { type Checksum, formatSummed } from './summed-lines.js'
import {
  type JobEvent,
  type JobPayload,
  type JobRecord,
  type Journal,
  JournalError,
} from './types.js'

export interface FileJournalOptions {
  /** How many jobs that are done or cancelled are remembered, so that none of them is printed again. Default 10000. */
  readonly keepOver?: number
  /** Size in bytes from which the file is rewritten if most of it is out of date. Default 4 MiB. */
  readonly compactBytes?: number
  /**
   * Whether the bytes of a job that is done or cancelled may stay in the file until it is next rewritten. Default
   * true. With false it is rewritten at once, for slips that hold data that should not lie on a disk.
   */
  readonly keepBytes?: boolean
  /** How long to wait for another process that is writing, in milliseconds. Default 10000. */
  readonly lockTimeoutMs?: number
}

const RULES: OptionRules<FileJournalOptions> = {
  keepOver: wholeNumber(0, 10_000_000),
  compactBytes: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  keepBytes: FLAG,
  lockTimeoutMs: TIME_LIMIT,
}

export interface FileJournal extends Journal {
  /** Path of the file; of the file itself if a link was given. */
  readonly path: string
  /**
   * Damage of the file: lines that a disk error or another program has changed, and the reason if the file could not be
   * rewritten. A torn last line is not damage, because the `append` of its event never resolved.
   */
  readonly damage: readonly Diagnostic[]
}

/**
 * Opens the journal at `path`, and creates the file if it does not exist. Several processes may use it at a time, because each write
 * is a line under a lock. After a crash at any point it holds every event whose `append` has resolved; a torn last line is
 * cut off. Each line has a checksum. A damaged line is reported in `damage`, and the jobs that it may have begun or
 * cancelled are `uncertain`.
 * @throws JournalError `JOURNAL_UNREADABLE` if the file cannot be opened; OptionError
 *
 * @example
 * const journal = await fileJournal('jobs.jsonl')
 * await journal.list() // []
 */
export async function fileJournal(
  path: string,
  options: FileJournalOptions = {},
): Promise<FileJournal> {
  readArgument('fileJournal', 'path', path, TEXT)
  readOptions('fileJournal', options, RULES)
  const { crc32 } = await import('node:zlib')
  const real = await realPathOf(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  const journal = new LinesJournal(real, options, crc32)
  await journal.list()
  return journal
}

/** The position of a line with a payload, as offset and length in bytes. */
interface Place {
  readonly at: number
  readonly length: number
}

class LinesJournal implements FileJournal {
  readonly path: string
  readonly damage: Diagnostic[] = []
  readonly #options: FileJournalOptions
  readonly #checksum: Checksum
  #records = new Records()
  #payloads = new Map<string, Place>()
  /** Bytes of the file that were read, up to the end of the last complete line, and the identity of that file. */
  #readBytes = 0
  #identity: string | undefined
  /** Size after the file was last rewritten, or when the last rewrite failed. */
  #compactedBytes = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(path: string, options: FileJournalOptions, checksum: Checksum) {
    this.path = path
    this.#options = options
    this.#checksum = checksum
  }

  append(event: JobEvent): Promise<JobRecord> {
    return this.#inTurn(() =>
      this.#locked(async (handle) => {
        await this.#refresh(handle)
        const record = this.#records.next(event, new Date().toISOString())
        const hadBytes = this.#payloads.has(event.jobId)
        await this.#write(handle, event, record)
        if (isOver(record)) await this.#compactIfNeeded(handle, hadBytes)
        return record
      }),
    )
  }

  get(jobId: string): Promise<JobRecord | undefined> {
    return this.#reading(async () => this.#records.get(jobId))
  }

  list(filter: Parameters<Journal['list']>[0] = {}): Promise<readonly JobRecord[]> {
    return this.#reading(async () => this.#records.list(filter))
  }

  payload(jobId: string): Promise<JobPayload | undefined> {
    return this.#reading(async (handle) => {
      const place = this.#payloads.get(jobId)
      if (place === undefined || handle === undefined) return undefined
      const stored = (await this.#lineAt(handle, place))?.payload
      return stored === undefined ? undefined : readPayload(stored)
    })
  }

  async close(): Promise<void> {
    await this.#turn
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task)
    this.#turn = turn.catch(() => {})
    return turn
  }

  #reading<T>(task: (handle: FileHandle | undefined) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const handle = await openFile(this.path, 'r')
      try {
        if (handle !== undefined) await this.#refresh(handle)
        return await task(handle)
      } finally {
        await handle?.close()
      }
    })
  }

  async #locked<T>(task: (handle: FileHandle) => Promise<T>): Promise<T> {
    const lock = await this.#lock()
    try {
      const handle =
        (await openFile(this.path, 'r+')) ??
        (await createFile(this.path).catch((cause: unknown) => {
          throw unwritten(this.path, cause)
        }))
      try {
        return await task(handle)
      } finally {
        await handle.close()
      }
    } finally {
      // The event is on the disk already, so a failed release must not fail the write. The next process that
      // wants the lock reports a lock file that cannot be deleted.
      await lock.release().catch(() => {})
    }
  }

  async #lock(): Promise<FileLock> {
    const { lockTimeoutMs: timeoutMs = 10_000 } = this.#options
    try {
      return await lockFile(`${this.path}.lock`, { timeoutMs })
    } catch (cause) {
      if (!(cause instanceof LockError)) throw unwritten(this.path, cause)
      throw new JournalError(`${this.path} is in use: ${cause.message}`, {
        code: 'JOURNAL_LOCKED',
        hint: cause.hint,
        cause,
      })
    }
  }

  /** Reads the lines that were added since the last read, by this process or another one; the whole file if it was replaced. */
  async #refresh(handle: FileHandle): Promise<void> {
    const found = await handle.stat({ bigint: true })
    const size = Number(found.size)
    const identity = identityOf(found)
    if (identity !== this.#identity || size < this.#readBytes) {
      this.#records = new Records()
      this.#payloads = new Map()
      this.#readBytes = 0
      this.#identity = identity
    }
    if (size === this.#readBytes) return
    const added = await readBytes(handle, this.#readBytes, size - this.#readBytes)
    let end = 0
    for (const stretch of readLines(added, this.#checksum)) {
      this.#take(stretch, added)
      end = stretch.to + 1
    }
    this.#readBytes += end
  }

  /** Applies one stretch of the bytes `added`, which begin at `#readBytes` in the file. */
  #take({ from, to, line, lostNewline }: Stretch, added: Buffer): void {
    const place = { at: this.#readBytes + from, length: to - from }
    if (line !== undefined) {
      this.#keep(line, place)
      if (lostNewline) this.#report(place, line.record.jobId)
      return
    }
    const text = added.toString('utf8', from, to)
    for (const doubted of doubtedBy(text, this.#records)) this.#records.keep(doubted)
    this.#report(place, namedIn(text))
  }

  #keep({ record, payload }: StoredLine, place: Place): void {
    const { jobId } = record
    this.#records.keep(record)
    if (payload !== undefined) this.#payloads.set(jobId, place)
    if (isOver(record)) this.#payloads.delete(jobId)
  }

  #report({ at, length }: Place, jobId: string | undefined): void {
    const whose = jobId === undefined ? '' : `, perhaps of job ${jobId}`
    this.#notice({
      code: 'JOURNAL_LINE_DAMAGED',
      severity: 'error',
      message: `the line of ${length} bytes at ${at} of ${this.path} is damaged${whose}`,
      path: '',
      hint: 'jobs of that moment may be missing or uncertain: compare with the paper',
    })
  }

  /** Adds a notice once, because a file that is read again causes the same notices again. */
  #notice(diagnostic: Diagnostic): void {
    if (this.damage.some(({ message }) => message === diagnostic.message)) return
    this.damage.push(diagnostic)
  }

  /**
   * Appends after the last whole line, because the bytes after that were torn by a crash. Either all of the new
   * line is on the disk, or none of it.
   */
  async #write(handle: FileHandle, event: JobEvent, record: JobRecord): Promise<void> {
    const brought = payloadIn(event)
    const payload = brought === undefined ? {} : { payload: storePayload(brought) }
    const line: StoredLine = { event: event.type, record, ...payload }
    const bytes = formatSummed(line, this.#checksum)
    try {
      const { size } = await handle.stat()
      if (size > this.#readBytes) await handle.truncate(this.#readBytes)
      await writeAll(handle, bytes, this.#readBytes)
      if (event.type !== 'acked' && event.type !== 'noted') await handle.datasync()
    } catch (cause) {
      await handle.truncate(this.#readBytes).catch(() => {})
      throw unwritten(this.path, cause)
    }
    this.#keep(line, { at: this.#readBytes, length: bytes.length - 1 })
    this.#readBytes += bytes.length
  }

  /**
   * Rewrites the file if it has grown, or if bytes of the job must not stay in it. The event is on the disk already, so a failed rewrite
   * must not fail the job and is tried again later.
   */
  async #compactIfNeeded(handle: FileHandle, hadBytes: boolean): Promise<void> {
    const { compactBytes = 4 << 20, keepBytes = true } = this.#options
    const isLarge = this.#readBytes >= Math.max(compactBytes, this.#compactedBytes * 2)
    if (!isLarge && (keepBytes || !hadBytes)) return
    try {
      await this.#compact(handle)
    } catch (error) {
      this.#compactedBytes = this.#readBytes
      this.#notice({
        code: 'JOURNAL_NOT_COMPACTED',
        severity: 'warning',
        message: `${this.path} cannot be written anew (${messageOf(error)})`,
        path: '',
        hint: 'it still works and grows; the bytes of jobs that are done stay in it',
      })
    }
    // The file is read from its beginning at the next call, as every other process does.
    this.#identity = undefined
  }

  /** Writes one line for each job into a new file, which then replaces the old one. */
  async #compact(handle: FileHandle): Promise<void> {
    const { keepOver = 10_000 } = this.#options
    this.#records.forgetOver(keepOver)
    const like = await handle.stat({ bigint: true })
    await replaceFile(this.path, like, async (fresh) => {
      let at = 0
      for (const record of this.#records.list()) {
        const place = this.#payloads.get(record.jobId)
        const payload = place && (await this.#lineAt(handle, place))?.payload
        const kept = payload === undefined ? {} : { payload }
        const line: StoredLine = { event: 'compacted', record, ...kept }
        const bytes = formatSummed(line, this.#checksum)
        await writeAll(fresh, bytes, at)
        at += bytes.length
      }
      this.#compactedBytes = at
      // Windows does not replace a file that is open.
      await handle.close()
    })
  }

  async #lineAt(handle: FileHandle, { at, length }: Place): Promise<StoredLine | undefined> {
    const line = readLine(await readBytes(handle, at, length), this.#checksum)
    // The line was whole when it was first read, so it has been damaged since.
    if (line === undefined) this.#report({ at, length }, undefined)
    return line
  }
}
