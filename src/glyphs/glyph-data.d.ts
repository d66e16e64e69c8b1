/** The module behind `#glyph-data` (package.json `imports`): files and zlib in Node, elsewhere preloaded data and JavaScript. */
declare module '#glyph-data' {
  export type GlyphSetName =
    | 'fonta'
    | 'fontb'
    | 'gb2312'
    | 'gbk'
    | 'gb18030'
    | 'korean'
    | 'emoji'
    | 'small'
    | 'pin'

  /** Returns the bytes of one `.gfd` file, read at the call. Throws `DATA_NOT_LOADED` outside Node until they are loaded. */
  export function readGlyphData(name: GlyphSetName): Uint8Array

  /**
   * Compresses `data` to a zlib stream, as PNG holds it. Outside Node `elsewhere` does that. The caller passes it, so that a program
   * without pictures carries no JavaScript for it.
   */
  export function deflateZlib(
    data: Uint8Array,
    elsewhere: (data: Uint8Array, options: { level: 6 }) => Uint8Array,
  ): Uint8Array
}
