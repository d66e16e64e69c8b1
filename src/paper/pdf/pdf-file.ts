/** Writes the objects of a PDF one after the other, and the table of their offsets, with which readers begin (ISO 32000-1, 7.5). */
import { zlibSync } from 'fflate'

/** A PDF that is being written. Objects can get their number before they are written, because they refer to each other. */
export class PdfFile {
  readonly #parts: Uint8Array[] = []
  readonly #places: number[] = []
  #length = 0

  constructor() {
    // Bytes over 127 in the second line tell programs that move files that this one is binary.
    this.#put(asciiOf('%PDF-1.7\n%'), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 0x0a))
  }

  /** Returns the number for an object that is written later. */
  reserve(): number {
    return this.#places.push(0)
  }

  /** Writes an object; returns its number. */
  add(content: string, number = this.reserve()): number {
    this.#begin(number)
    this.#put(asciiOf(`${content}\nendobj\n`))
    return number
  }

  /** Writes `data`, deflated, under the entries of `dictionary`. */
  addStream(dictionary: string, data: Uint8Array, number = this.reserve()): number {
    return this.addCoded(`${dictionary}/Filter/FlateDecode`, zlibSync(data, { level: 9 }), number)
  }

  /** Writes `data` as it is; `dictionary` names the filter that decodes it. */
  addCoded(dictionary: string, data: Uint8Array, number = this.reserve()): number {
    this.#begin(number)
    const head = `<<${dictionary}/Length ${data.length}>>\nstream\n`
    this.#put(asciiOf(head), data, asciiOf('\nendstream\nendobj\n'))
    return number
  }

  /** Returns the whole file. Do not add to it after this. */
  finish(root: number, info: number): Uint8Array {
    const start = this.#length
    const rows = this.#places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
    const size = this.#places.length + 1
    this.#put(
      asciiOf(
        `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}` +
          `trailer<</Size ${size}/Root ${root} 0 R/Info ${info} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    )
    const file = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      file.set(part, at)
      at += part.length
    }
    return file
  }

  #begin(number: number): void {
    this.#places[number - 1] = this.#length
    this.#put(asciiOf(`${number} 0 obj\n`))
  }

  #put(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#parts.push(part)
      this.#length += part.length
    }
  }
}

/** Encodes ASCII text as bytes, because not every engine has `TextEncoder`. */
export function asciiOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Makes a string object, which may hold any characters. */
export function textObject(text: string): string {
  return `<FEFF${utf16Hex(text)}>`
}

/** Writes text as UTF-16, high byte first, in hex. */
export function utf16Hex(text: string): string {
  let hex = ''
  for (let i = 0; i < text.length; i++) hex += hex4(text.charCodeAt(i))
  return hex
}

export function hex4(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0')
}
