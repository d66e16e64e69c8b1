/** The module behind `#glyph-data` (package.json `imports`): files in Node, base64 elsewhere. */
declare module '#glyph-data' {
  export type GlyphSetName = 'fonta' | 'fontb' | 'gb2312' | 'gbk' | 'gb18030' | 'emoji'

  /** The bytes of one `.gfd` file, read at the call. */
  export function readGlyphData(name: GlyphSetName): Uint8Array
}
