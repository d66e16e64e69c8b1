/** The module behind `#glyph-data` (package.json `imports`): files and zlib in Node; elsewhere what was loaded before, and JavaScript. */
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

  /** The bytes of one `.gfd` file, read at the call. Throws `DATA_NOT_LOADED` outside Node, as long as they have to be loaded. */
  export function readGlyphData(name: GlyphSetName): Uint8Array

  /**
   * A zlib stream of `data`, as PNG holds it. `elsewhere` does it outside Node: it is given by the caller, so that a program without
   * pictures carries no JavaScript for it.
   */
  export function deflateZlib(
    data: Uint8Array,
    elsewhere: (data: Uint8Array, options: { level: 6 }) => Uint8Array,
  ): Uint8Array
}
