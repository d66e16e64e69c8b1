/** A job whose lines can be counted on the paper, whatever the session puts between them. */

export interface NumberedJob {
  readonly name: string
  readonly lines: number
  readonly bytes: Uint8Array
  readonly picture: Uint8Array
}

/** Numbered lines, a picture in the middle, numbered lines, a cut. `padBytes` makes each line longer. */
export function numberedJob(name: string, lines: number, padBytes = 20): NumberedJob {
  const line = (n: number) => `#${name}:${String(n).padStart(5, '0')}#${'.'.repeat(padBytes)}\n`
  const text = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => line(from + i)).join('')
  const middle = Math.floor(lines / 2)
  // GS v 0, 48 bytes by 24 rows: a picture with every byte value, status requests among them.
  const picture = Uint8Array.from({ length: 48 * 24 }, (_, i) => (i * 7 + (i >> 6)) & 0xff)
  const bytes = Buffer.concat([
    Buffer.from([0x1b, 0x40]),
    Buffer.from(text(0, middle), 'latin1'),
    Buffer.from([0x1d, 0x76, 0x30, 0, 48, 0, 24, 0]),
    picture,
    Buffer.from(text(middle, lines), 'latin1'),
    Buffer.from([0x1d, 0x56, 0x42, 0]),
  ])
  return { name, lines, bytes, picture }
}

/** Which lines of the job were executed, in order, each as often as it came out. */
export function linesOf(executed: Uint8Array, name: string): number[] {
  const text = Buffer.from(executed).toString('latin1')
  return [...text.matchAll(new RegExp(`#${name}:(\\d{5})#`, 'g'))].map(([, n]) => Number(n))
}

/** In words: `all`, `none`, `17 of 40 lines`, `line 3 twice`. */
export function onPaper(executed: Uint8Array, { name, lines, picture }: NumberedJob): string {
  const seen = linesOf(executed, name)
  const twice = seen.find((n, i) => seen.indexOf(n) !== i)
  if (twice !== undefined) return `line ${twice} twice`
  if (seen.some((n, i) => i > 0 && n < (seen[i - 1] ?? 0))) return 'lines out of order'
  if (seen.length === 0) return 'nothing'
  if (seen.length < lines) return `${seen.length} of ${lines} lines`
  const whole = Buffer.from(executed).includes(Buffer.from(picture))
  return whole ? 'all of it' : 'all lines, the picture broken'
}
