/** Queries that every trade runs, compiled once, because building a query takes several times as long as running it. */

import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { StoreTables } from './tables.js'

type Build = (db: Kysely<StoreTables>) => Compilable<unknown>

export class KnownQueries {
  readonly #compiled = new Map<string, CompiledQuery<unknown>>()

  /**
   * Runs the query `name`, which `build` makes at its first use. A text parameter of the built query is a name in `values`, whose value
   * takes its place.
   *
   * @param name unique for each query
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
