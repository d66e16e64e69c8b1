/** The address of the hub's database. Its password must never be quoted, so that no error here has the address as its cause. */

import { OptionError } from '../../model/errors.js'

const DEFAULT_SCHEMA = 'xiaopiao_hub'

export interface HubPlace {
  /** Address for the driver, without the parameter `schema`. */
  readonly connectionString: string
  readonly schema: string
  /** The role that serves. It owns no table, so that row level security applies to it. */
  readonly serve: string
  /** The role that may list the tenants and do nothing else. */
  readonly keeper: string
  /** The role that owns the jobs of graphile-worker, and the schema that they are in. */
  readonly worker: string
}

/**
 * Reads `postgres://user@host:5432/database?schema=xiaopiao_hub`.
 *
 * @throws OptionError `HUB_ADDRESS`
 */
export function readHubAddress(address: string): HubPlace {
  let url: URL
  try {
    url = new URL(address)
    if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw url
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`)
  } catch {
    throw wrong(
      'the address of the database cannot be read',
      'write postgres://user@host:5432/database; in a password write @ as %40, / as %2F, # as %23 and % as %25, or give it as PGPASSWORD',
    )
  }
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA
  url.searchParams.delete('schema')
  if (!/^(?!pg_)[a-z_][a-z0-9_]{0,39}$/.test(schema)) {
    throw wrong(
      'the schema must be a name of at most 40 small letters, digits and underscores',
      `write schema=${DEFAULT_SCHEMA}, or leave it out`,
    )
  }
  return {
    connectionString: url.href,
    schema,
    serve: `${schema}_serve`,
    keeper: `${schema}_keeper`,
    worker: `${schema}_worker`,
  }
}

function wrong(message: string, hint: string): OptionError {
  return new OptionError(message, { code: 'HUB_ADDRESS', path: 'db', hint })
}
