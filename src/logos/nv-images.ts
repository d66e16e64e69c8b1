/** Logos in the older NV memory of `FS q`, which can only be written all at once and cannot be listed. */

import { encodeCommand } from '../encoders/escpos/codec.js'
import { storeNvImages } from '../encoders/escpos/logo-commands.js'
import type { Bitmap } from '../model/bitmap.js'
import { hashOfBitmap, type StoredLogo } from '../model/logo.js'
import type { Transport } from '../transports/types.js'

export interface NvImages {
  /** Logos for the option `logos` of `compile`, with the keys `1`, `2`, … in order. Keep them, because the printer cannot list them. */
  readonly logos: readonly StoredLogo[]
  /** False if the printer has exactly these images already, according to `known`. */
  readonly written: boolean
}

/**
 * Replaces all NV images of the printer by these, unless `known` (the logos that an earlier call returned) says that they are there,
 * because NV memory wears out. The printer resets after writing, and does not answer.
 * @throws ReceiptError `LOGO_SIZE`; TransportError
 *
 * @example
 * const { logos } = await replaceNvImages(tcp({ host: '192.168.1.50' }), [bitmap])
 * logos[0]?.key // '1'
 */
export async function replaceNvImages(
  transport: Transport,
  bitmaps: readonly Bitmap[],
  known: readonly StoredLogo[] = [],
): Promise<NvImages> {
  const logos = bitmaps.map((bitmap, i) => ({
    key: String(i + 1),
    hash: hashOfBitmap(bitmap),
    widthDots: bitmap.widthDots,
    heightDots: bitmap.heightDots,
  }))
  const isThere = ({ key, hash }: StoredLogo) =>
    known.some((logo) => logo.key === key && logo.hash === hash)
  if (known.length === logos.length && logos.every(isThere)) return { logos, written: false }
  const command = encodeCommand(storeNvImages(bitmaps))
  const connection = await transport.open()
  try {
    await connection.write(command)
    await connection.close()
  } finally {
    connection.abort()
  }
  return { logos, written: true }
}
