/** Slips that are handed in at the agent, while the hub is out of reach. Request and answer are the same as at the hub. */

import { randomUUID } from 'node:crypto'
import { contentHashOf, hashOf } from '../hub-api/content-hash.js'
import { HubError } from '../hub-api/errors.js'
import type { Accepted, Slip, SlipRequest } from '../hub-api/slip-shapes.js'
import type { SlipState } from '../hub-api/states.js'
import type { JobPayload, JobRecord, Journal } from '../journal/types.js'
import { withoutCardNumbers } from '../model/errors.js'
import { endOf, jobIdOf, readJobId, readNote, type SlipNote } from './note.js'
import type { ServedPrinter } from './served-printer.js'
import type { SlipDesk } from './slip-desk.js'

export interface LanContext {
  readonly journal: Journal
  readonly desk: SlipDesk
  readonly printers: readonly ServedPrinter[]
  readonly store: string
  readonly now: () => string
}

export interface HandedIn {
  readonly isNew: boolean
  readonly accepted: Accepted
}

/** A slip in the journal: its job, and its note. */
interface KnownSlip {
  readonly record: JobRecord
  readonly note: SlipNote
}

/**
 * Adds a slip to the journal and the queue. Its key is looked up in the journal first: a slip that was printed is not printed again, and other
 * content under the same key is a conflict.
 * @throws HubError `KEY_CONFLICT`, `SLIP_CLOSED` if it has expired, `PRINTER_UNKNOWN`, `ROLE_UNKNOWN`, `TEMPLATE_UNKNOWN`
 */
export async function handIn(request: SlipRequest, context: LanContext): Promise<HandedIn> {
  const { journal, desk, store } = context
  const { key, copies = 1, title, expiresAt } = request
  const printer = printerOf(request, context)
  const { payload, payloadHash } = payloadOf(request)
  const contentHash = contentHashOf(request)
  const jobIds = Array.from({ length: copies }, (_, i) => jobIdOf(key, i + 1))
  const before = await Promise.all(jobIds.map((jobId) => journal.get(jobId)))
  for (const record of before) if (record !== undefined) refuseOther(record, contentHash, key)
  const isNewHere = before.every((record) => record === undefined)
  if (isNewHere && expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(context.now())) {
    throw new HubError('SLIP_CLOSED', 'the slip has expired', { path: 'expiresAt' })
  }
  const slips: KnownSlip[] = []
  for (const [i, jobId] of jobIds.entries()) {
    const known = before[i]
    const isFree = known === undefined || wasGivenBack(known)
    const note: SlipNote = {
      origin: 'lan',
      id: (known && readNote(known)?.id) ?? randomUUID(),
      printer: printer.id,
      contentHash,
      payloadHash,
      acceptedAt: context.now(),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }
    const job = {
      jobId,
      uri: printer.uri,
      note,
      payload,
      title: title && withoutCardNumbers(title),
    }
    const record = isFree ? await desk.print(job, known) : known
    // Another request with the same key may have been faster.
    refuseOther(record, contentHash, key)
    slips.push({ record, note: readNote(record) ?? note })
  }
  const views = slips.map(({ record, note }) => viewOf(record, note, store))
  const isNew = before.some((record) => record === undefined)
  const [slip] = views
  if (slip === undefined) throw new Error('a slip has at least one copy')
  return { isNew, accepted: { slip, slips: views.map(({ id }) => id) } }
}

/** Finds the slips of a key in the journal. */
export async function slipsOfKey(
  key: string,
  { journal, store }: Pick<LanContext, 'journal' | 'store'>,
): Promise<readonly Slip[]> {
  const found: Slip[] = []
  for (let copyIndex = 1; ; copyIndex++) {
    const record = await journal.get(jobIdOf(key, copyIndex))
    const note = record === undefined ? undefined : readNote(record)
    if (record === undefined || note === undefined) return found
    found.push(viewOf(record, note, store))
  }
}

/** Finds a slip by the id that the answer to its request had. */
export async function slipById(
  id: string,
  { journal, desk, store }: Pick<LanContext, 'journal' | 'desk' | 'store'>,
): Promise<Slip | undefined> {
  const jobId = desk.jobIdOf(id)
  const record = jobId === undefined ? undefined : await journal.get(jobId)
  const note = record === undefined ? undefined : readNote(record)
  return record === undefined || note === undefined ? undefined : viewOf(record, note, store)
}

/** Whether the slip was given back to the hub and nothing of it is on paper, so that it is printed if it is handed in again. */
function wasGivenBack(record: JobRecord): boolean {
  return endOf(record)?.outcome === 'not-started'
}

function refuseOther(record: JobRecord, contentHash: string, key: string): void {
  const known = readNote(record)?.contentHash
  if (known === undefined || known === contentHash) return
  throw new HubError('KEY_CONFLICT', `key ${key} is known with other content`, {
    path: 'key',
    hint: 'a new slip needs a new key; the same slip is sent with the same content',
  })
}

function printerOf(
  { printer, role }: SlipRequest,
  { printers }: LanContext,
): { readonly id: string; readonly uri: string } {
  if (printer === undefined) {
    throw new HubError('ROLE_UNKNOWN', `role ${role?.role} is known at the hub alone`, {
      path: 'role',
      hint: 'name the printer to an agent: the hub is not asked for its routes on the LAN',
    })
  }
  const found = printers.find(({ id }) => id === printer)
  if (found?.id === undefined || !found.owned) {
    throw new HubError('PRINTER_UNKNOWN', `this agent does not print at printer ${printer}`, {
      path: 'printer',
      hint: 'hand it in at the agent of that printer, or at the hub',
    })
  }
  return { id: found.id, uri: found.uri }
}

function payloadOf({ payload }: SlipRequest): {
  readonly payload: JobPayload
  readonly payloadHash: string
} {
  if (payload === undefined) {
    throw new HubError('TEMPLATE_UNKNOWN', 'templates are kept at the hub', {
      path: 'template',
      hint: 'send an agent the bytes that compile gives',
    })
  }
  const { segments, heading } = payload
  const bytes = new Uint8Array(Buffer.from(payload.bytes, 'base64'))
  const made: JobPayload = {
    bytes,
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading: new Uint8Array(Buffer.from(heading, 'base64')) }),
  }
  return { payload: made, payloadHash: hashOf(bytes) }
}

function viewOf(record: JobRecord, note: SlipNote, store: string): Slip {
  const { jobId, marked, title, createdAt, changedAt, segments, printed, sent } = record
  const { key = jobId, copyIndex = 1 } = readJobId(jobId) ?? {}
  const end = endOf(record, note)
  return {
    id: note.id,
    key,
    copyIndex,
    printer: note.printer,
    store,
    state: end?.outcome ?? stateOf(record, note),
    epoch: note.claim?.epoch ?? 0,
    agent: null,
    unconfirmed: false,
    reason: end?.reason ?? null,
    reach: segments === 0 ? null : { segments, printed, sent },
    payloadHash: note.payloadHash,
    paperHash: null,
    copyOf: null,
    marked,
    wantedBy: null,
    origin: note.origin,
    decision: null,
    title: title ?? null,
    createdAt,
    expiresAt: note.expiresAt ?? null,
    takenAt: null,
    endedAt: end === undefined ? null : changedAt,
  }
}

function stateOf({ state }: JobRecord, { origin }: SlipNote): SlipState {
  if (state === 'started') return 'printing'
  return origin === 'lan' ? 'accepted' : 'taken'
}
