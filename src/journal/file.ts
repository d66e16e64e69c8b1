/** A journal in a file: lines of JSON that are only appended, on the disk before the job goes on. */

import type { FileHandle } from 'node:fs/promises'
import type { Diagnostic } from '../model/diagnostic.js'
import { codeOf } from '../model/realms.js'
import { lockFile } from './file-lock.js'
import { isOver } from './next-record.js'
import { Records } from './records.js'
import {
  parseLine,
  readPayload,
  type StoredLine,
  type StoredPayload,
  storePayload,
} from './stored.js'
import {
  type JobEvent,
  type JobPayload,
  type JobRecord,
  type Journal,
  JournalError,
} from './types.js'

export interface FileJournalOptions {
  /** How many jobs that are over are remembered, so that none is printed again. Default 10000. */
  readonly keepOver?: number
  /** The file is written anew when it is larger than this and mostly of no use. Default 4 MiB. */
  readonly compactBytes?: number
  /** Wait for another process that writes. Default 10000. */
  readonly lockTimeoutMs?: number
}

export interface FileJournal extends Journal {
  readonly path: string
  /** Lines that could not be read: a disk error, or a foreign hand. A torn last line is no damage: what it said was never promised. */
  readonly damage: readonly Diagnostic[]
}

const NEWLINE = 0x0a

/**
 * The journal at `path`, made where there is none. Several processes may use it at a time; each write is a line under a lock.
 * After a crash at any point it holds everything that was promised: a torn last line is cut off.
 *
 * @throws JournalError `JOURNAL_UNREADABLE` when the file cannot be opened
 * @example const journal = await fileJournal('jobs.jsonl')
 */
export async function fileJournal(
  path: string,
  options: FileJournalOptions = {},
): Promise<FileJournal> {
  const journal = new LinesJournal(path, options)
  await journal.list()
  return journal
}

class LinesJournal implements FileJournal {
  readonly path: string
  readonly damage: Diagnostic[] = []
  readonly #options: FileJournalOptions
  #records = new Records()
  /** Offset and length of the lines that brought something to print. */
  #payloads = new Map<string, { readonly at: number; readonly length: number }>()
  /** What of the file has been read, up to the last newline, and which file it was. */
  #readBytes = 0
  #identity: string | undefined
  /** Size after the file was last written anew. */
  #compactedBytes = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(path: string, options: FileJournalOptions) {
    this.path = path
    this.#options = options
  }

  append(event: JobEvent): Promise<JobRecord> {
    return this.#inTurn(() =>
      this.#locked(async (handle) => {
        await this.#refresh(handle)
        const record = this.#records.next(event, new Date().toISOString())
        const payload = event.type === 'queued' ? event.payload : undefined
        await this.#write(handle, { event: event.type, record }, payload)
        if (event.type !== 'acked') await handle.datasync()
        if (isOver(record)) await this.#compactIfLarge(handle)
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
      const stored = parseLine(await readText(handle, place.at, place.length))?.payload
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
      const handle = await this.#open('r')
      try {
        if (handle !== undefined) await this.#refresh(handle)
        return await task(handle)
      } finally {
        await handle?.close()
      }
    })
  }

  async #locked<T>(task: (handle: FileHandle) => Promise<T>): Promise<T> {
    const { lockTimeoutMs: timeoutMs = 10_000 } = this.#options
    const lock = await lockFile(`${this.path}.lock`, { timeoutMs })
    try {
      const handle = (await this.#open('r+')) ?? (await this.#create())
      try {
        return await task(handle)
      } finally {
        await handle.close()
      }
    } finally {
      await lock.release()
    }
  }

  async #open(flags: 'r' | 'r+'): Promise<FileHandle | undefined> {
    const { open } = await import('node:fs/promises')
    let handle: FileHandle | undefined
    try {
      handle = await open(this.path, flags)
      if (!(await handle.stat()).isFile()) throw new Error('it is no file')
      return handle
    } catch (cause) {
      await handle?.close()
      if (codeOf(cause) === 'ENOENT') return undefined
      throw new JournalError(`${this.path} cannot be opened as a journal`, {
        code: 'JOURNAL_UNREADABLE',
        hint: 'Check that it is a file of this user.',
        cause,
      })
    }
  }

  async #create(): Promise<FileHandle> {
    const { open } = await import('node:fs/promises')
    const handle = await open(this.path, 'a+', 0o600)
    await handle.close()
    await syncFolder(this.path)
    return await open(this.path, 'r+')
  }

  /** Reads what has been added since, by this process or another; all of it when the file is another one. */
  async #refresh(handle: FileHandle): Promise<void> {
    const { ino, birthtimeMs, size } = await handle.stat()
    // Numbers of files are used again, so the time of its making is part of what it is.
    const identity = `${ino} ${birthtimeMs}`
    if (identity !== this.#identity || size < this.#readBytes) {
      this.#records = new Records()
      this.#payloads = new Map()
      this.#readBytes = 0
      this.#identity = identity
    }
    if (size === this.#readBytes) return
    const added = await readBytes(handle, this.#readBytes, size - this.#readBytes)
    const end = added.lastIndexOf(NEWLINE) + 1
    let from = 0
    while (from < end) {
      const to = added.indexOf(NEWLINE, from)
      this.#take(added.toString('utf8', from, to), this.#readBytes + from, to - from)
      from = to + 1
    }
    this.#readBytes += end
  }

  #take(text: string, at: number, length: number): void {
    const line = parseLine(text)
    if (line === undefined) {
      this.damage.push({
        code: 'JOURNAL_LINE_DAMAGED',
        severity: 'error',
        message: `${length} bytes at ${at} of ${this.path} are no line of a journal`,
        path: '',
        hint: 'Jobs of that moment may be missing: compare with the paper.',
      })
      return
    }
    const { jobId } = line.record
    this.#records.keep(line.record)
    if (line.payload !== undefined) this.#payloads.set(jobId, { at, length })
    if (isOver(line.record)) this.#payloads.delete(jobId)
  }

  /** Appends behind the last whole line: what stands after that was torn by a crash. */
  async #write(handle: FileHandle, line: StoredLine, payload?: JobPayload): Promise<void> {
    const { size } = await handle.stat()
    if (size > this.#readBytes) await handle.truncate(this.#readBytes)
    const text = lineText(line, payload === undefined ? undefined : storePayload(payload))
    const bytes = Buffer.from(text, 'utf8')
    await handle.write(bytes, 0, bytes.length, this.#readBytes)
    this.#take(text.slice(0, -1), this.#readBytes, bytes.length - 1)
    this.#readBytes += bytes.length
  }

  /** Writes the file anew with one line for each job, beside the old one, and puts it in its place. */
  async #compactIfLarge(handle: FileHandle): Promise<void> {
    const { compactBytes = 4 << 20, keepOver = 10_000 } = this.#options
    if (this.#readBytes < Math.max(compactBytes, this.#compactedBytes * 2)) return
    const { open, rename } = await import('node:fs/promises')
    this.#records.forgetOver(keepOver)
    const fresh = await open(`${this.path}.new`, 'w', 0o600)
    try {
      for (const record of this.#records.list()) {
        const place = this.#payloads.get(record.jobId)
        const kept = place && parseLine(await readText(handle, place.at, place.length))?.payload
        await fresh.write(lineText({ event: 'compacted', record }, kept))
      }
      await fresh.sync()
      this.#compactedBytes = (await fresh.stat()).size
    } finally {
      await fresh.close()
    }
    await rename(`${this.path}.new`, this.path)
    await syncFolder(this.path)
    // Read anew from the new file at the next turn.
    this.#identity = undefined
  }
}

function lineText({ event, record }: StoredLine, payload: StoredPayload | undefined): string {
  return `${JSON.stringify(payload === undefined ? { event, record } : { event, record, payload })}\n`
}

async function readBytes(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

async function readText(handle: FileHandle, at: number, length: number): Promise<string> {
  return (await readBytes(handle, at, length)).toString('utf8')
}

/** A new name is durable when its folder is; folders cannot be synced everywhere. */
async function syncFolder(path: string): Promise<void> {
  const { open } = await import('node:fs/promises')
  const { dirname } = await import('node:path')
  try {
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
  } catch {}
}
