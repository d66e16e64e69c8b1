/** The header of a backup: how its frames are checked, and what is needed to make the key from a password. */

export type BackupHeader = PlainHeader | EncryptedHeader

interface PlainHeader {
  readonly format: 1
  /** Random, 32 hexadecimal digits, so that no two backups share their checks. It is the salt of the password too. */
  readonly id: string
  readonly cipher: 'none'
}

export interface EncryptedHeader extends Omit<PlainHeader, 'cipher'> {
  readonly cipher: 'aes-256-gcm'
  readonly kdf: ScryptCost
  /** 32 hexadecimal digits that only the right password gives, so that a wrong password can be told from a damaged file. */
  readonly check: string
}

export interface ScryptCost {
  readonly name: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
}

/** Costs 64 MiB and about half a second, twice over, so that guessing a password of four words takes longer than it is worth. */
export const SCRYPT: ScryptCost = { name: 'scrypt', n: 65_536, r: 8, p: 2 }

/**
 * Maximum amount of memory that a header may ask for, in bytes. The library's own headers ask for less, and a forged one must not exhaust
 * the memory.
 */
export const MAX_SCRYPT_BYTES = 256 * 1024 * 1024

export function isHeader(value: unknown): value is BackupHeader {
  const { format, id, cipher, kdf, check } = (value ?? {}) as Partial<Record<string, unknown>>
  if (format !== 1 || !isHex(id)) return false
  return cipher === 'none' || (cipher === 'aes-256-gcm' && isCost(kdf) && isHex(check))
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
}

function isCost(value: unknown): boolean {
  const { name, n, r, p } = (value ?? {}) as Partial<Record<string, unknown>>
  if (name !== 'scrypt' || ![n, r, p].every(Number.isSafeInteger)) return false
  const [cost, blocks, lanes] = [n, r, p] as readonly number[] as [number, number, number]
  const isPower = cost > 1 && Number.isInteger(Math.log2(cost))
  return (
    isPower && blocks > 0 && lanes > 0 && lanes <= 16 && memoryOf(cost, blocks) <= MAX_SCRYPT_BYTES
  )
}

/** Memory that scrypt needs, in bytes. */
export function memoryOf(n: number, r: number): number {
  return 128 * n * r
}
