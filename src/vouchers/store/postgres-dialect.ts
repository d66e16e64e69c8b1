/**
 * PostgreSQL for Kysely, with one schema for each store.
 *
 * The migrations are written once, with the types of SQLite, which are translated to those of PostgreSQL here. Texts compare byte by byte,
 * as in SQLite, so that both sort alike and an index serves the beginning of a text too.
 */

import {
  type ColumnDefinitionNode,
  DataTypeNode,
  GeneratedNode,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type TableMetadata,
} from 'kysely'

const TYPES: Readonly<Record<string, string>> = {
  integer: 'bigint',
  text: 'text collate "C"',
  blob: 'bytea',
}

class StoreQueryCompiler extends PostgresQueryCompiler {
  protected override visitDataType({ dataType }: DataTypeNode): void {
    this.append(TYPES[dataType] ?? dataType)
  }

  /** In SQLite an integer primary key counts up automatically, so here it becomes an identity column. */
  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    const { dataType, primaryKey } = node
    const counts = primaryKey && DataTypeNode.is(dataType) && dataType.dataType === 'integer'
    const generated = GeneratedNode.create({ identity: true, byDefault: true })
    super.visitColumnDefinition(counts ? { ...node, generated } : node)
  }
}

/** Lists only the tables of the store's schema, because the database may hold hundreds of shops. */
class StoreIntrospector extends PostgresIntrospector {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    super(db)
    this.#db = db
  }

  override async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string; schema: string }>`
      select tablename as name, schemaname as schema from pg_catalog.pg_tables
      where schemaname = current_schema()`.execute(this.#db)
    return rows.map((row) => ({ ...row, isView: false, isForeign: false, columns: [] }))
  }
}

export class StorePostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new StoreQueryCompiler()
  }

  override createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new StoreIntrospector(db)
  }
}

/** Whether the store is in PostgreSQL, for steps that concern only stores with several writers. */
export function isPostgres(db: Pick<Kysely<unknown>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
