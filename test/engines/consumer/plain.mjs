/** The least that a program prints: its bundle holds no glyphs and no generator of symbols. */
import { compile, text } from 'xiaopiao'
import { generic58 } from 'xiaopiao/profiles/generic-58'

globalThis.xiaopiaoResult = compile(
  { nodes: [text('合计 12.50')] },
  { profile: generic58 },
).bytes.length
