/** The codes of PostgreSQL and of the network, each with what it means for a store. */

/** Code of a `VoucherError`, its message and the fix. */
export type StoreFailure = readonly [code: string, message: string, hint: string]

const UNREACHABLE = 'STORE_UNREACHABLE'

const FAILURES: readonly (readonly [RegExp, StoreFailure])[] = [
  [
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/,
    [
      UNREACHABLE,
      'the server of the store does not answer',
      'check the network, the host and the port, and that PostgreSQL runs',
    ],
  ],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|CONNECTION_LOST|08...|57P01|57P02|57P05)$/,
    [
      UNREACHABLE,
      'the connection to the store was lost, so it is not known whether this was recorded',
      'do it again; a trade with the same key is not recorded twice',
    ],
  ],
  [/^57P03$/, [UNREACHABLE, 'the server of the store is starting or stopping', 'try again soon']],
  [
    /^28...$/,
    [
      UNREACHABLE,
      'the server of the store refuses this user or password',
      'check user and password; the environment variable PGPASSWORD is read too',
    ],
  ],
  [/^3D000$/, [UNREACHABLE, 'the server has no database of this name', 'make it with createdb']],
  [
    /^42501$/,
    [
      UNREACHABLE,
      'the user of the store lacks a right in the database',
      'grant it: create on the database to make a store, and all on its schema to use one',
    ],
  ],
  [
    /^25006$/,
    [
      UNREACHABLE,
      'the server of the store is read-only, as a standby is',
      'give the address of the primary server',
    ],
  ],
  [
    /^53300$/,
    [
      UNREACHABLE,
      'the server of the store has no connection left',
      'raise its max_connections, or close other programs',
    ],
  ],
  [
    /^53100$/,
    [
      'STORE_FULL',
      'the disk of the store is full, so nothing was recorded',
      'make room on the disk of the server, then add it again with the same key',
    ],
  ],
  [
    /^(?:55P03|57014)$/,
    [
      'STORE_LOCKED',
      'another program holds what this one waits for',
      'end the other program, or wait until it is done',
    ],
  ],
  [
    /^(?:XX001|XX002)$/,
    [
      'STORE_DAMAGED',
      'the server of the store reports damaged data',
      'keep its files as they are and restore a backup into an empty place',
    ],
  ],
]

/** The meaning of an error code of the driver, or undefined if the code is not known. */
export function postgresFailure(code: string): StoreFailure | undefined {
  return FAILURES.find(([codes]) => codes.test(code))?.[1]
}

/** Whether another transaction came first: it has taken a unique value, or the two were in a deadlock or could not be serialised. */
export function isOvertaken(code: string | undefined): boolean {
  return code === '23505' || code === '40P01' || code === '40001'
}

/** Whether the error is an answer of a server that goes on; otherwise the connection can no longer be used. */
export function isServerAnswer(code: string | undefined): boolean {
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(?:08|57P0)/.test(code)
}
