/** The address of a store in PostgreSQL. Its password is never quoted, so errors here do not keep the address as their cause. */

import { VoucherError } from './errors.js'

export interface PostgresPlace {
  /** The address for the driver, without the parameters `schema` and `shop`, which the driver does not know. */
  readonly connectionString: string
  /** The schema that holds the store. */
  readonly schema: string
  /** Name of the shop whose copy this is; undefined if counters write to the store directly. */
  readonly shop: string | undefined
  /** The place in messages: host, database and schema, without user and password. */
  readonly name: string
}

const DEFAULT_SCHEMA = 'xiaopiao'
/** Infix in the names of schemas that hold the copies of shops: `xiaopiao_shop_07`. */
const SHOP_MARK = '_shop_'

/**
 * Whether `store` is an address rather than a path. A misspelt address counts too, because a message about a path would quote its password.
 */
export function isAddress(store: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/{1,2}/i.test(store)
}

/**
 * Reads `postgres://user@host:5432/database?schema=xiaopiao`, or with `shop=07` the place of a shop's copy.
 *
 * @throws VoucherError `STORE_ADDRESS`
 */
export function readPostgresUrl(address: string): PostgresPlace {
  const url = urlOf(address)
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA
  const shop = url.searchParams.get('shop') ?? undefined
  url.searchParams.delete('schema')
  url.searchParams.delete('shop')
  if (!/^(?!pg_)[a-z_][a-z0-9_]{0,29}$/.test(schema) || schema.includes(SHOP_MARK)) {
    throw wrongAddress(
      'the schema must be a name of at most 30 small letters, digits and underscores',
      `write schema=${DEFAULT_SCHEMA}, or leave it out; a shop is named by shop=07`,
    )
  }
  if (shop !== undefined && !/^[a-z0-9_]{1,27}$/.test(shop)) {
    throw wrongAddress(
      'the shop must be a name of at most 27 small letters, digits and underscores',
      'write shop=07 or shop=renmin_road',
    )
  }
  const own = shop === undefined ? schema : `${schema}${SHOP_MARK}${shop}`
  const host = url.searchParams.get('host') ?? (url.host === '' ? 'localhost' : url.host)
  return {
    connectionString: url.href,
    schema: own,
    shop,
    name: `schema ${own} at ${host}${url.pathname}`,
  }
}

function urlOf(address: string): URL {
  try {
    const url = new URL(address)
    if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw url
    // The driver decodes these parts, and its error would quote a part that it cannot decode.
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`)
    return url
  } catch {
    throw wrongAddress(
      'the address of the store cannot be read',
      'write postgres://user@host:5432/database; in a password write @ as %40, / as %2F, # as %23 and % as %25, or give it as PGPASSWORD',
    )
  }
}

function wrongAddress(message: string, hint: string): VoucherError {
  return new VoucherError(message, { code: 'STORE_ADDRESS', path: 'store', hint })
}
