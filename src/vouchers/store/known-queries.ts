/** Queries that every trade asks, compiled once: building one costs several times what the database needs to answer it. */

import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { StoreTables } from './tables.js'

type Build = (db: Kysely<StoreTables>) => Compilable<unknown>

export class KnownQueries {
  readonly #compiled = new Map<string, CompiledQuery<unknown>>()

  /**
   * Runs the query `name`, which `build` makes at the first time. Its texts are the names of those in `values`.
   *
   * @param name one query has one name
   */
  async ask<Row>(
    db: Kysely<StoreTables>,
    name: string,
    build: Build,
    values: Readonly<Record<string, unknown>>,
  ): Promise<readonly Row[]> {
    const query = this.#compiled.get(name) ?? build(db).compile()
    this.#compiled.set(name, query)
    const parameters = query.parameters.map((parameter) =>
      typeof parameter === 'string' ? values[parameter] : parameter,
    )
    const { rows } = await db.executeQuery({ ...query, parameters })
    return rows as readonly Row[]
  }
}
