/** Housekeeping by graphile-worker: calls of webhooks with retries, and slips that expire or are deleted. Any hub process runs any job. */

import { setTimeout as wait } from 'node:timers/promises'
import type { JobHelpers, Runner } from 'graphile-worker'
import { sql } from 'kysely'
import { signWebhook } from '../../hub-api/webhook-signature.js'
import type { HubPlace } from '../db/address.js'
import { silentLogger } from '../db/migrate.js'
import { type HubDb, inTenant, openPool } from '../db/open-db.js'
import type { LedgerContext } from '../ledger/context.js'
import { WEBHOOK_TASK, type WebhookJob } from '../manage/webhooks.js'
import { need } from '../need.js'
import { postOutside, type Reach } from './call-outside.js'
import { dropSilentAgents, expireSlips, forgetOldSlips, tenantIds } from './housekeeping.js'

const CALL_TIMEOUT_MS = 10_000
const EXPIRE_EVERY_MS = 5000
const POLL_MS = 2000

interface Housekeeping {
  /** Resolves when the housekeeping has ended, by `close` or by an error. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

const RESTART_MS = 1000

export interface WorkerParts {
  readonly place: HubPlace
  readonly ledger: LedgerContext
  /** Addresses that webhooks may have. */
  readonly webhooks: Reach
}

/** Housekeeping that is restarted after the database was away. The jobs are not lost, because the database keeps them. */
export class HubWorker {
  readonly #parts: WorkerParts
  #current: Housekeeping | undefined
  #isClosed = false

  constructor(parts: WorkerParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const current = await startHousekeeping(this.#parts)
    this.#current = current
    void current.ended.then(() => this.#again())
    // The worker may have been closed while the housekeeping was starting.
    if (this.#isClosed) await current.close()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#current?.close()
  }

  async #again(): Promise<void> {
    await this.#current?.close()
    while (!this.#isClosed) {
      await wait(RESTART_MS, undefined, { ref: false })
      if (this.#isClosed) return
      try {
        return await this.start()
      } catch {
        // The database is still away.
      }
    }
  }
}

async function startHousekeeping(parts: WorkerParts): Promise<Housekeeping> {
  const { place, ledger, webhooks } = parts
  const { run } = await need<typeof import('graphile-worker')>('graphile-worker')
  const jobs = await openPool(place, { role: place.worker, max: 4 })
  const keeper = await openPool(place, { role: place.keeper, max: 1 })
  const forEach = async (work: (tenant: string) => Promise<unknown>) => {
    for (const tenant of await tenantIds(keeper.db)) await work(tenant)
  }
  let runner: Runner | undefined
  try {
    runner = await run({
      pgPool: jobs.pool,
      schema: place.worker,
      logger: await silentLogger(),
      noHandleSignals: true,
      concurrency: 4,
      pollInterval: POLL_MS,
      // Completed in batches, because the promise that completes a single job is awaited by nobody, and a lost database would end the whole process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      crontab: '* * * * * expire ?jobKey=expire\n17 3 * * * forget',
      taskList: {
        [WEBHOOK_TASK]: (job) => callWebhook(ledger.db, job as WebhookJob, webhooks),
        async expire(_job: unknown, helpers: JobHelpers) {
          await sql`select learn()`.execute(ledger.db)
          await forEach((tenant) => expireSlips(ledger, tenant))
          await forEach((tenant) => dropSilentAgents(ledger.db, tenant))
          // The crontab counts whole minutes, which is too slow for a kitchen's slip.
          const runAt = new Date(Date.now() + EXPIRE_EVERY_MS)
          await helpers.addJob('expire', {}, { jobKey: 'expire', runAt })
        },
        forget: () => forEach((tenant) => forgetOldSlips(ledger.db, tenant)),
      },
    })
    await runner.addJob('expire', {}, { jobKey: 'expire' })
  } catch (error) {
    await jobs.db.destroy()
    await keeper.db.destroy()
    throw error
  }
  const running = runner
  let closing: Promise<void> | undefined
  const close = async () => {
    await running.stop().catch(() => undefined)
    await jobs.db.destroy()
    await keeper.db.destroy()
  }
  return {
    ended: running.promise.catch(() => undefined),
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Calls a webhook. It throws on any status but 2xx, so that the call is retried after growing delays. */
async function callWebhook(
  db: HubDb,
  { tenant, webhook, call }: WebhookJob,
  reach: Reach,
): Promise<void> {
  const target = await inTenant(db, tenant, (trx) =>
    trx
      .selectFrom('webhook')
      .select(['url', 'secret'])
      .where('id', '=', webhook)
      .executeTakeFirst(),
  )
  // The webhook was removed meanwhile.
  if (target === undefined) return
  const body = JSON.stringify(call)
  const { time, signature } = signWebhook(target.secret, body, Date.now())
  const headers = {
    'content-type': 'application/json',
    'xiaopiao-time': time,
    'xiaopiao-signature': signature,
  }
  const status = await postOutside({
    ...{ url: target.url, headers, body, timeoutMs: CALL_TIMEOUT_MS, reach },
  })
  if (status < 200 || status > 299) throw new Error(`the webhook answered ${status}`)
}
