/** `hub migrate` of several processes at once, as when each process of a hub begins with it after an update. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrateHub } from '../../src/hub/index.js'
import { type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'

describe.skipIf(postgresFolder === undefined)('migrations at once', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server?.stop(), 60_000)

  const migrated = async (addresses: readonly string[]) => {
    const outcomes = await Promise.allSettled(addresses.map((db) => migrateHub(db)))
    return outcomes.map((one) => (one.status === 'fulfilled' ? 'done' : String(one.reason)))
  }

  test.each([1, 2, 3])(
    'of one database all succeed (%i)',
    async (round) => {
      const db = server.url(`?schema=one_${round}`)
      expect(await migrated([db, db, db])).toEqual(['done', 'done', 'done'])
    },
    120_000,
  )

  test.each([1, 2, 3])(
    'of three databases of a server, which share the roles, all succeed (%i)',
    async (round) => {
      const databases = ['a', 'b', 'c'].map((name) => `shop_${name}${round}`)
      for (const name of databases) server.sql(`create database ${name}`)
      const addresses = databases.map((name) =>
        server.url(`?schema=two_${round}`).replace('/postgres?', `/${name}?`),
      )
      expect(await migrated(addresses)).toEqual(['done', 'done', 'done'])
    },
    120_000,
  )
})
