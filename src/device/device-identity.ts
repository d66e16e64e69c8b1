/** The answers of a virtual device to GS I. */

export interface DeviceIdentity {
  readonly firmware: string
  readonly maker: string
  readonly model: string
  readonly serial: string
  /** Answer to GS I 69. */
  readonly languageFont: string
}

const standard: DeviceIdentity = {
  firmware: '1.00',
  maker: 'xiaopiao',
  model: 'VIRTUAL',
  serial: '00000001',
  languageFont: 'CHINA GB18030',
}

const texts: Readonly<Record<number, keyof DeviceIdentity>> = {
  65: 'firmware',
  66: 'maker',
  67: 'model',
  68: 'serial',
  69: 'languageFont',
}

/** Model, type (two-byte characters and a cutter) and version: a plain byte each. */
const singleBytes = [0x20, 0x03, 0x01]

/** The answer to GS I n; undefined for an n that is not known. */
export function identityAnswer(
  n: number,
  identity: Partial<DeviceIdentity> = {},
): readonly number[] | undefined {
  const field = texts[n]
  if (field !== undefined) {
    const text = identity[field] ?? standard[field]
    return [0x5f, ...Array.from(text, (letter) => letter.charCodeAt(0)), 0x00]
  }
  const single = n >= 49 ? singleBytes[n - 49] : singleBytes[n - 1]
  return single === undefined ? undefined : [single]
}
