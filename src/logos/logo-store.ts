/**
 * Lists, uploads and deletes logos in a printer's NV graphics. A logo that is stored already is not written again, because NV memory wears
 * out.
 */

import { deleteLogo, storeLogo } from '../encoders/escpos/logo-commands.js'
import type { Bitmap } from '../model/bitmap.js'
import { XiaopiaoError } from '../model/errors.js'
import { hashOfBitmap, type StoredLogo } from '../model/logo.js'
import type { Transport } from '../transports/types.js'
import { LogoLine } from './logo-line.js'

export interface LogoOptions {
  /** Longest wait for each answer in milliseconds. A printer needs seconds to write. Default 10000. */
  readonly timeoutMs?: number
}

export interface LogoUploadOptions extends LogoOptions {
  /** Logos that are known to be in this printer, from the results of earlier uploads. */
  readonly known?: readonly StoredLogo[]
  /** Key of two printable characters. Default: the key of the same logo in `known`, else a key that follows from its dots. */
  readonly key?: string
}

export interface LogoUpload {
  readonly logo: StoredLogo
  /** False if the printer had the logo already. */
  readonly written: boolean
}

export interface LogoMemory {
  readonly keys: readonly string[]
  /** Undefined if the printer does not say. */
  readonly freeBytes: number | undefined
  readonly capacityBytes: number | undefined
}

/** Most bytes that a stored picture takes in addition to its dots. */
const BOOKKEEPING_BYTES = 32

/**
 * Lists the logos that the printer holds.
 * @throws XiaopiaoError `LOGO_SILENT` if it does not answer; TransportError
 *
 * @example
 * await uploadLogo(tcp({ host: '192.168.1.50' }), bitmap, { key: 'L1' })
 * const { keys } = await listLogos(tcp({ host: '192.168.1.50' }))
 * keys // ['L1']
 */
export function listLogos(transport: Transport, options: LogoOptions = {}): Promise<LogoMemory> {
  return onLine(transport, options, async (line) => ({
    keys: await keysOf(line),
    freeBytes: await line.bytes('nvFree'),
    capacityBytes: await line.bytes('nvCapacity'),
  }))
}

/**
 * Stores a picture in the printer, unless it is there already.
 * @returns the logo, to be kept and given to `compile` in its option `logos`
 * @throws XiaopiaoError `LOGO_SILENT`, `LOGO_KEY_TAKEN`, `LOGO_NO_ROOM`, `LOGO_NOT_STORED`
 *
 * @example
 * const { logo, written } = await uploadLogo(tcp({ host: '192.168.1.50' }), bitmap)
 * written // true
 */
export function uploadLogo(
  transport: Transport,
  bitmap: Bitmap,
  options: LogoUploadOptions = {},
): Promise<LogoUpload> {
  const hash = hashOfBitmap(bitmap)
  const { widthDots, heightDots } = bitmap
  const known = options.known ?? []
  return onLine(transport, options, async (line) => {
    const keys = await keysOf(line)
    const own = known.find((logo) => logo.hash === hash && keys.includes(logo.key))
    if (own !== undefined && (options.key ?? own.key) === own.key)
      return { logo: own, written: false }
    const taken = (key: string) => known.some((logo) => logo.key === key && logo.hash !== hash)
    const key = options.key ?? keyFor(hash, taken)
    const logo = { key, hash, widthDots, heightDots }
    if (keys.includes(key)) {
      // A key that we choose follows from the dots, so the logo stored under it is this picture. Under a key that the caller chose, any
      // picture may be stored.
      if (options.key === undefined) return { logo, written: false }
      throw new XiaopiaoError(
        `the printer has a logo ${key} already, and it is not known to be this one`,
        {
          code: 'LOGO_KEY_TAKEN',
          hint: 'delete it, take another key, or leave the key out',
        },
      )
    }
    const needed = bitmap.data.length + BOOKKEEPING_BYTES
    const free = await line.bytes('nvFree')
    if (free !== undefined && free < needed) {
      throw new XiaopiaoError(`the logo takes ${needed} bytes, and the printer has ${free} free`, {
        code: 'LOGO_NO_ROOM',
        hint: `it holds ${keys.join(', ') || 'no others'}: delete what is not used`,
      })
    }
    const done = await line.write(storeLogo(key, bitmap))
    if (done && (await keysOf(line)).includes(key)) return { logo, written: true }
    throw notStored(key)
  })
}

/**
 * Deletes a logo. Returns false if the printer has no logo with that key.
 *
 * @example
 * await uploadLogo(tcp({ host: '192.168.1.50' }), bitmap, { key: 'L1' })
 * await removeLogo(tcp({ host: '192.168.1.50' }), 'L1') // true
 */
export function removeLogo(
  transport: Transport,
  key: string,
  options: LogoOptions = {},
): Promise<boolean> {
  const command = deleteLogo(key)
  return onLine(transport, options, async (line) => {
    if (!(await keysOf(line)).includes(key)) return false
    await line.write(command)
    return true
  })
}

async function onLine<T>(
  transport: Transport,
  { timeoutMs = 10_000 }: LogoOptions,
  work: (line: LogoLine) => Promise<T>,
): Promise<T> {
  const connection = await transport.open()
  try {
    return await work(new LogoLine(connection, timeoutMs))
  } finally {
    await connection.close().catch(() => connection.abort())
  }
}

async function keysOf(line: LogoLine): Promise<string[]> {
  const keys = await line.keys()
  if (keys !== undefined) return keys
  throw new XiaopiaoError('the printer does not say which logos it holds; nothing was written', {
    code: 'LOGO_SILENT',
    hint: 'it may have no NV graphics, or the link is one-way: print the picture as dots',
  })
}

/** Derives a key of two printable characters from the hash, and skips keys that are known to be taken by other logos. */
function keyFor(hash: string, taken: (key: string) => boolean): string {
  const count = 94 * 94
  const start = Number.parseInt(hash.slice(0, 8), 16) % count
  for (let i = 0; i < count; i++) {
    const place = (start + i) % count
    const key = String.fromCharCode(0x21 + Math.floor(place / 94), 0x21 + (place % 94))
    if (!taken(key)) return key
  }
  throw notStored('')
}

function notStored(key: string): XiaopiaoError {
  return new XiaopiaoError(`the printer has not stored the logo ${key}`, {
    code: 'LOGO_NOT_STORED',
    hint: 'ask again which logos it holds before writing once more',
  })
}
