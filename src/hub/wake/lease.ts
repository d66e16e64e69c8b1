/**
 * The lease of a hub process: either a single process serves, with a broker inside it, or any number of them with a broker elsewhere. The lease is an
 * advisory lock of a PostgreSQL connection, so that it ends with the process, however the process ends.
 */

import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from 'pg'
import { XiaopiaoError } from '../../model/errors.js'
import type { HubPlace } from '../db/address.js'
import { need } from '../need.js'

/** How long to wait for the lock, because the server may notice late that a process was killed. */
const PATIENCE_MS = 2000
const RETRY_MS = 250

export interface Lease {
  release(): Promise<void>
}

/**
 * Takes the lease.
 *
 * @param onLost called if another process has the lease after the connection was lost, so that this process must stop
 * @throws XiaopiaoError `HUB_SECOND`
 */
export async function takeLease(
  place: HubPlace,
  broker: 'inside' | 'elsewhere',
  onLost: (error: XiaopiaoError) => void,
): Promise<Lease> {
  const holder = new LeaseHolder(place, broker, onLost)
  await holder.take()
  return holder
}

class LeaseHolder implements Lease {
  readonly #place: HubPlace
  readonly #broker: 'inside' | 'elsewhere'
  readonly #onLost: (error: XiaopiaoError) => void
  #client: Client | undefined
  #isReleased = false

  constructor(
    place: HubPlace,
    broker: 'inside' | 'elsewhere',
    onLost: (error: XiaopiaoError) => void,
  ) {
    this.#place = place
    this.#broker = broker
    this.#onLost = onLost
  }

  async take(): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      if (await this.#try()) return
      if (Date.now() > end) throw secondHub(this.#broker)
      await wait(RETRY_MS)
    }
  }

  async release(): Promise<void> {
    this.#isReleased = true
    await this.#client?.end().catch(() => undefined)
  }

  async #try(): Promise<boolean> {
    const { default: pg } = await need<{ default: typeof import('pg') }>('pg')
    const client = new pg.Client({
      connectionString: this.#place.connectionString,
      application_name: 'xiaopiao hub lease',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    })
    client.on('error', () => undefined)
    await client.connect()
    const lock = this.#broker === 'inside' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared'
    const { rows } = await client.query(`select ${lock}(hashtext($1), 1) as is_ours`, [
      `xiaopiao hub ${this.#place.schema}`,
    ])
    if (rows[0]?.is_ours !== true) {
      await client.end()
      return false
    }
    this.#client = client
    client.on('end', () => void this.#again())
    return true
  }

  /** Takes the lock once more after the connection was lost. Another process may have been first. */
  async #again(): Promise<void> {
    while (!this.#isReleased) {
      try {
        await this.take()
        if (this.#isReleased) await this.#client?.end()
        return
      } catch (error) {
        if (error instanceof XiaopiaoError) return this.#onLost(error)
        await wait(RETRY_MS)
      }
    }
  }
}

function secondHub(broker: 'inside' | 'elsewhere'): XiaopiaoError {
  const message =
    broker === 'inside'
      ? 'another hub process serves this database'
      : 'another hub process serves this database with its own broker'
  return new XiaopiaoError(message, {
    code: 'HUB_SECOND',
    path: 'mqtt',
    hint: 'start all of them with --mqtt mqtt://host:1883 and one broker such as mosquitto or EMQX, because the broker inside a hub process reaches no agent of another process',
  })
}
