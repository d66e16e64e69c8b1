/** The samples of PNG rows to RGBA: five colour types, five depths, two kinds of transparency. */

export interface SampleFormat {
  /** 1, 2, 4, 8 or 16. */
  readonly bitDepth: number
  readonly colourType: number
}

export interface Colours {
  /** The PLTE chunk: three bytes a colour. */
  readonly palette: Uint8Array | undefined
  /** The tRNS chunk: an alpha per palette entry, or the one grey or colour that is transparent. */
  readonly transparency: Uint8Array | undefined
}

/** Samples of a pixel by colour type: grey, RGB, palette, grey and alpha, RGBA. */
export const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Writes the pixels of a row as RGBA, from pixel `target` on and every `step` pixels. */
export type Paint = (line: Uint8Array, columns: number, target: number, step: number) => void

export function painterOf(format: SampleFormat, colours: Colours, data: Uint8Array): Paint {
  return format.colourType === 3
    ? palettePainter(format, colours, data)
    : directPainter(format, colours, data)
}

function palettePainter(
  { bitDepth }: SampleFormat,
  { palette, transparency }: Colours,
  data: Uint8Array,
): Paint {
  if (palette === undefined) throw new Error('the palette is missing')
  const colours = Math.floor(palette.length / 3)
  return (line, columns, target, step) => {
    const samples = unpack(line, columns, bitDepth)
    for (let x = 0; x < columns; x++) {
      const index = samples[x] as number
      if (index >= colours) throw new Error(`colour ${index} is not in the palette`)
      const at = (target + x * step) * 4
      data[at] = palette[index * 3] as number
      data[at + 1] = palette[index * 3 + 1] as number
      data[at + 2] = palette[index * 3 + 2] as number
      data[at + 3] = transparency?.[index] ?? 255
    }
  }
}

function directPainter(format: SampleFormat, colours: Colours, data: Uint8Array): Paint {
  const { bitDepth, colourType } = format
  const channels = channelsOf[colourType] as number
  const hasAlpha = colourType === 4 || colourType === 6
  const green = channels < 3 ? 0 : 1
  const blue = channels < 3 ? 0 : 2
  const clear = hasAlpha ? undefined : clearColour(colours.transparency, channels)
  // Low depths are stretched to 0–255, 16 bits keep their high byte.
  const scale = bitDepth === 16 ? 1 / 256 : 255 / ((1 << bitDepth) - 1)
  return (line, columns, target, step) => {
    const samples = unpack(line, columns * channels, bitDepth)
    for (let x = 0; x < columns; x++) {
      const from = x * channels
      const at = (target + x * step) * 4
      const [r, g, b] = [
        samples[from] as number,
        samples[from + green] as number,
        samples[from + blue] as number,
      ]
      data[at] = r * scale
      data[at + 1] = g * scale
      data[at + 2] = b * scale
      if (hasAlpha) data[at + 3] = (samples[from + channels - 1] as number) * scale
      else data[at + 3] = clear && r === clear.r && g === clear.g && b === clear.b ? 0 : 255
    }
  }
}

interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
}

function clearColour(transparency: Uint8Array | undefined, channels: number): Colour | undefined {
  if (transparency === undefined) return undefined
  const at = (channel: number) => uint16(transparency, channels < 3 ? 0 : channel * 2)
  return { r: at(0), g: at(1), b: at(2) }
}

/** One entry a sample, at the depth of the file. */
function unpack(line: Uint8Array, count: number, bitDepth: number): Uint8Array | Uint16Array {
  if (bitDepth === 8) return line
  if (bitDepth === 16) return Uint16Array.from({ length: count }, (_, i) => uint16(line, i * 2))
  const samples = new Uint8Array(count)
  const mask = (1 << bitDepth) - 1
  for (let i = 0, bit = 0; i < count; i++, bit += bitDepth) {
    samples[i] = ((line[bit >> 3] as number) >> (8 - bitDepth - (bit & 7))) & mask
  }
  return samples
}

export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}
