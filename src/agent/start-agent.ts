/** Starts the agent of a folder. */

import { fileJournal } from '../journal/file.js'
import type { Journal } from '../journal/types.js'
import { LockError, lockFile } from '../locks/file-lock.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { openJobPrinter } from '../printer/job-printer.js'
import { openQueue } from '../printer/print-queue.js'
import type { JobPrinter } from '../printer/types.js'
import { type AgentOptions, readAgentOptions } from './agent-options.js'
import { AgentError } from './errors.js'
import { readFolder, readPrinterIds } from './folder.js'
import { Outbox } from './outbox.js'
import type { Printing } from './printing.js'
import type { Report } from './reports.js'
import { RunningAgent } from './running-agent.js'

export interface Agent {
  /** Its id at the hub. */
  readonly id: string
  /** Address of the door on the LAN; undefined if there is none. */
  readonly lanUrl: string | undefined
  /** The key with which tills hand slips in at that door. */
  readonly lanKey: string
  /** Whether the hub is in reach. */
  readonly online: boolean
  /** Ids of its printers at the hub, by their names; empty until the hub has answered for the first time. */
  readonly printers: Readonly<Record<string, string>>
  /** Number of reports that the hub has not confirmed. */
  readonly unreported: number
  /** Rejects if the agent cannot go on, because its folder is not the one that the hub knows; else it resolves after `close`. */
  readonly ended: Promise<void>
  /** Ends the agent after the slips that are being printed. Waiting slips stay in the journal. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const LOCK_MS = 2000
/** Longest wait of the queue before it tries a printer again that is out of reach. */
const PRINTER_RETRY_MS = 5000

/**
 * Starts the agent that was enrolled in a folder. It prints what its journal still has, takes slips for its printers from the hub, serves the LAN
 * if that is wanted, and keeps working while the hub is out of reach.
 * @throws OptionError; AgentError `AGENT_MISSING`, `AGENT_WIPED`, `AGENT_RUNNING`, `AGENT_FOLDER`, `PRINTERS_MISSING`, `LAN_PORT`; JournalError
 *
 * @example
 * // not run: needs a hub
 * await using agent = await startAgent({ folder: 'agent', printers: { 前台: { uri: 'tcp://192.168.1.50' } } })
 * await agent.ended
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  readAgentOptions(options)
  const folder = await readFolder(options.folder)
  const lock = await lockFile(folder.files.lock, { timeoutMs: LOCK_MS }).catch((cause) => {
    throw cause instanceof LockError ? runsAlready(options.folder, cause) : cause
  })
  try {
    const { keepSlips = 50_000 } = options
    const journal = await fileJournal(folder.files.journal, { keepOver: keepSlips })
    const outbox = await Outbox.open<Report>(folder.files.outbox)
    const printerIds = await readPrinterIds(folder.files)
    const printing = printingOf(options, journal)
    const held = { ...folder, journal, outbox, printerIds, printing }
    const agent = new RunningAgent(options, held)
    for (const damage of journal.damage) agent.tell(damage)
    if (outbox.damaged > 0) agent.tell(damagedOutbox(folder.files.outbox, outbox.damaged))
    await agent.start().catch(async (error: unknown) => {
      // The agent's queue may be printing already.
      await agent.close()
      throw error
    })
    const close = async () => {
      await agent.close()
      await lock.release()
    }
    return {
      id: folder.identity.agent,
      lanKey: folder.lanKey,
      get lanUrl() {
        return agent.lanUrl
      },
      get online() {
        return agent.isOnline
      },
      get printers() {
        return agent.printerIds
      },
      get unreported() {
        return outbox.pending.length
      },
      ended: agent.ended,
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

function damagedOutbox(path: string, lines: number): Diagnostic {
  return {
    code: 'OUTBOX_LINE_DAMAGED',
    severity: 'error',
    message: `${lines} lines of ${path} are damaged`,
    path: '',
    hint: 'what they told of slips is told again from the journal; look at the disk',
  }
}

/** Opens this library's queue and printers over the agent's journal. */
function printingOf({ printers, printer: options }: AgentOptions, journal: Journal): Printing {
  const opened = new Map<string, JobPrinter>()
  const printerAt = (uri: string) => {
    const profile = Object.values(printers).find((one) => one.uri === uri)?.profile
    const known = profile === undefined ? {} : { profile }
    const printer = opened.get(uri) ?? openJobPrinter(uri, { ...options, ...known, journal })
    opened.set(uri, printer)
    return printer
  }
  return {
    printerAt,
    openQueue: (events) =>
      openQueue({ journal, open: printerAt, maxRetryMs: PRINTER_RETRY_MS, ...events }),
  }
}

function runsAlready(folder: string, cause: LockError): AgentError {
  return new AgentError(`an agent runs in ${folder} already`, {
    code: 'AGENT_RUNNING',
    hint: cause.hint,
    cause,
  })
}
