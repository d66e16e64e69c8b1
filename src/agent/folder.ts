/**
 * The folder of an agent: its identity, its two keys, its journal and its outbox. They belong together: an agent whose journal is gone could not
 * say what it has printed, so that it is not started again, and a new one is enrolled in its place.
 */

import { randomBytes } from 'node:crypto'
import { access, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { newAgentKey } from '../hub-api/signing.js'
import { codeOf, messageOf } from '../model/realms.js'
import { AgentError, wiped } from './errors.js'
import { makeOutbox } from './outbox.js'

/** The identity of an agent at its hub. */
export interface AgentIdentity {
  readonly hub: string
  readonly tenant: string
  readonly agent: string
  readonly store: string
  readonly name: string
}

export interface AgentFiles {
  readonly identity: string
  readonly key: string
  readonly lanKey: string
  readonly journal: string
  readonly outbox: string
  /** The printers' ids at the hub, with which the agent can serve the LAN if the hub is out of reach when it starts. */
  readonly printers: string
  readonly lock: string
}

/** Returns the paths of the files in an agent's folder. */
export function filesIn(folder: string): AgentFiles {
  return {
    identity: join(folder, 'agent.json'),
    key: join(folder, 'agent.key'),
    lanKey: join(folder, 'lan.key'),
    journal: join(folder, 'jobs.jsonl'),
    outbox: join(folder, 'outbox.jsonl'),
    printers: join(folder, 'printers.json'),
    lock: join(folder, 'agent'),
  }
}

export interface AgentKeys {
  /** PKCS #8 in PEM. */
  readonly privateKey: string
  readonly publicKey: string
}

/**
 * Makes the keys of an agent that is being enrolled. Another try gets the same keys, because the hub may have accepted the code although its answer
 * was lost.
 * @throws AgentError `AGENT_ENROLLED` if an agent is in the folder already, `AGENT_FOLDER` if the folder cannot be used
 */
export async function prepareFolder(folder: string): Promise<AgentKeys> {
  const files = filesIn(folder)
  if (await isThere(files.identity)) {
    throw new AgentError(`an agent is enrolled in ${folder} already`, {
      code: 'AGENT_ENROLLED',
      hint: 'use another folder for another agent; a folder is never enrolled twice',
    })
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeNew(files.lanKey, () => randomBytes(24).toString('base64url'))
    await writeNew(files.key, () => JSON.stringify(newAgentKey()))
    return JSON.parse(await readFile(files.key, 'utf8')) as AgentKeys
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

/** Writes the agent's identity as the last file, so that a folder with an identity has everything else. */
export async function finishFolder(folder: string, identity: AgentIdentity): Promise<void> {
  const files = filesIn(folder)
  await makeOutbox(files.outbox)
  await makeOutbox(files.journal)
  await writeWhole(files.identity, JSON.stringify(identity))
}

export interface OpenFolder {
  readonly files: AgentFiles
  readonly identity: AgentIdentity
  readonly keys: AgentKeys
  readonly lanKey: string
}

/** @throws AgentError `AGENT_MISSING`, `AGENT_WIPED`, `AGENT_FOLDER` */
export async function readFolder(folder: string): Promise<OpenFolder> {
  const files = filesIn(folder)
  const text = await readIfThere(files.identity)
  if (text === undefined) {
    throw new AgentError(`no agent is enrolled in ${folder}`, {
      code: 'AGENT_MISSING',
      hint: 'enrol one: xiaopiao agent enrol --hub URL --code CODE',
    })
  }
  for (const file of [files.journal, files.outbox]) {
    if (!(await isThere(file))) throw wiped(file)
  }
  try {
    const identity = JSON.parse(text) as AgentIdentity
    const keys = JSON.parse(await readFile(files.key, 'utf8')) as AgentKeys
    const lanKey = (await readFile(files.lanKey, 'utf8')).trim()
    return { files, identity, keys, lanKey }
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

/** Reads the key with which tills hand slips in at the agent's door. @throws AgentError `AGENT_MISSING` */
export async function readLanKey(folder: string): Promise<string> {
  return (await readFolder(folder)).lanKey
}

/** Reads the printers' ids at the hub, by name. */
export async function readPrinterIds(files: AgentFiles): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse((await readIfThere(files.printers)) ?? '{}') as Record<string, string>
  } catch {
    // The hub sends the ids again with its next hello.
    return {}
  }
}

export async function writePrinterIds(
  files: AgentFiles,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const text = JSON.stringify(ids)
  if ((await readIfThere(files.printers))?.trim() !== text) await writeWhole(files.printers, text)
}

/** Replaces a file atomically: it has the whole new content or the old one. Only its user may read it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw unusable(path, cause)
  }
}

async function writeNew(path: string, make: () => string): Promise<void> {
  if (!(await isThere(path))) await writeWhole(path, make())
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function unusable(folder: string, cause: unknown): AgentError {
  return new AgentError(`${folder} cannot be used (${messageOf(cause)})`, {
    code: 'AGENT_FOLDER',
    hint: 'check that this user may read and write it, and that its files are those of one agent',
    cause,
  })
}
