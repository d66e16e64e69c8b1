/** Enrols an agent: it makes a key, which a one-time code makes known to the hub. */

import { needed, type OptionRules, optionsOf, readOptions, TEXT } from '../model/options.js'
import { version as packageVersion } from '../model/version.js'
import { type AgentIdentity, finishFolder, prepareFolder } from './folder.js'
import type { TlsOptions } from './http-request.js'
import { HubLink } from './hub-link.js'

export interface EnrolOptions {
  /** Address of the hub: `https://hub.example`. */
  readonly hub: string
  /** The one-time code that the hub has given out. */
  readonly code: string
  /** Folder of the agent, made if it does not exist. No other agent may ever have used it. */
  readonly folder: string
  /** The agent's name for people, such as `总店前台`. */
  readonly name: string
  readonly tls?: TlsOptions
  readonly version?: string
}

const RULES: OptionRules<EnrolOptions> = {
  hub: needed({
    says: 'an address that begins with https:// or http://',
    accepts: (value) => typeof value === 'string' && /^https?:\/\/[^/]/.test(value),
  }),
  code: needed(TEXT),
  folder: needed(TEXT),
  name: needed(TEXT),
  tls: optionsOf<TlsOptions>({ ca: TEXT, cert: TEXT, key: TEXT }),
  version: TEXT,
}

const TIMEOUT_MS = 15_000

/**
 * Makes a key in the folder, and has the hub accept it in exchange for the code. It may be called again if the answer was lost.
 * @throws OptionError; AgentError `AGENT_ENROLLED`, `AGENT_FOLDER`, `HUB_UNREACHABLE`, `CODE_INVALID`
 *
 * @example
 * // not run: needs a hub
 * const { store } = await enrolAgent({ hub: 'https://hub.example', code: 'TENANT.CODE', folder: 'agent', name: '总店' })
 */
export async function enrolAgent(options: EnrolOptions): Promise<AgentIdentity> {
  const {
    hub,
    code,
    folder,
    name,
    tls,
    version = packageVersion,
  } = readOptions<EnrolOptions>('enrolAgent', options, RULES)
  const { publicKey } = await prepareFolder(folder)
  const link = new HubLink({ hub, tls, timeoutMs: TIMEOUT_MS })
  try {
    const { tenant, agent, store } = await link.enrol({ code, publicKey, name, version })
    const identity = { hub, tenant, agent, store, name }
    await finishFolder(folder, identity)
    return identity
  } finally {
    link.close()
  }
}
