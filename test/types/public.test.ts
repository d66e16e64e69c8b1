import { expectTypeOf, test } from 'vitest'
import { type Paper, paperToPng, paperToSvg, printBytes } from '../../src/emulator/index.js'
import { type Decoded, decodeAll, encodeCommand } from '../../src/encoders/escpos/index.js'
import { loadImage } from '../../src/images/index.js'
import {
  type Bitmap,
  type ColumnsNode,
  type Command,
  type Compiled,
  columns,
  compile,
  cut,
  type Diagnostic,
  drawer,
  type FieldNode,
  feed,
  field,
  type GroupNode,
  group,
  type ImageNode,
  image,
  type Pixels,
  parseReceipt,
  type QrNode,
  qr,
  type Receipt,
  ReceiptError,
  type ReceiptNode,
  rule,
  type Strip,
  type TextNode,
  TransportError,
  text,
  XiaopiaoError,
} from '../../src/index.js'
import {
  type Grade,
  NotStarted,
  openPrinter,
  PartiallyPrinted,
  type PrintError,
  type PrintResult,
  Uncertain,
} from '../../src/printer/index.js'
import {
  findProfile,
  generic58,
  overrideProfile,
  type ProfilePath,
} from '../../src/profiles/index.js'
import { bind } from '../../src/template/index.js'
import { tcp } from '../../src/transports/tcp.js'
import type { Transport } from '../../src/transports/types.js'

test('builders give their own node, and each is a ReceiptNode', () => {
  expectTypeOf(text('a')).toEqualTypeOf<TextNode>()
  expectTypeOf(field('a', 'b')).toEqualTypeOf<FieldNode>()
  expectTypeOf(columns([], [])).toEqualTypeOf<ColumnsNode>()
  expectTypeOf(qr('a')).toEqualTypeOf<QrNode>()
  expectTypeOf(image('a')).toEqualTypeOf<ImageNode>()
  expectTypeOf(group([])).toEqualTypeOf<GroupNode>()
  expectTypeOf(feed().kind).toEqualTypeOf<'feed'>()
  expectTypeOf(cut).parameter(0).toEqualTypeOf<'full' | 'partial' | undefined>()
  expectTypeOf(drawer).parameter(0).toEqualTypeOf<2 | 5 | undefined>()
  const nodes = [text('a'), field('a', 'b'), columns([], []), rule(), qr('a'), image('a'), feed()]
  expectTypeOf([...nodes, cut(), drawer(), group(nodes)]).toExtend<ReceiptNode[]>()
  expectTypeOf<{ kind: 'txet' }>().not.toExtend<ReceiptNode>()
})

test('options are checked by name and value', () => {
  // @ts-expect-error there is no colour
  text('a', { colour: 'red' })
  // @ts-expect-error three alignments
  text('a', { align: 'justify' })
  // @ts-expect-error text, not numbers
  field('a', 12)
  // @ts-expect-error two connectors
  drawer(3)
})

test('compile', () => {
  expectTypeOf(compile).returns.toEqualTypeOf<Compiled>()
  expectTypeOf<Compiled['bytes']>().toEqualTypeOf<Uint8Array>()
  expectTypeOf<Compiled['strip']>().toEqualTypeOf<Strip>()
  expectTypeOf<Compiled['commands']>().toEqualTypeOf<readonly Command[]>()
  expectTypeOf<Compiled['diagnostics']>().toEqualTypeOf<readonly Diagnostic[]>()
  expectTypeOf<{ strict: true }>().not.toExtend<Parameters<typeof compile>[1]>()
  expectTypeOf(parseReceipt).returns.toEqualTypeOf<Receipt>()
  expectTypeOf(bind).returns.toBeUnknown()
})

test('a command is narrowed by its kind', () => {
  type AlignCommand = Extract<Command, { kind: 'align' }>
  expectTypeOf<keyof AlignCommand>().toEqualTypeOf<'kind' | 'n'>()
  expectTypeOf<AlignCommand['n']>().toEqualTypeOf<number>()
  const narrow = (command: Command) => {
    if (command.kind === 'text') expectTypeOf(command.bytes).toEqualTypeOf<Uint8Array>()
    if (command.kind === 'unknown') expectTypeOf(command.reason).toBeString()
    if (command.kind === 'raster') expectTypeOf(command.rows).toBeNumber()
    // @ts-expect-error a line feed has no fields
    if (command.kind === 'lineFeed') return command.n
    // @ts-expect-error no such command
    return command.kind === 'sing'
  }
  expectTypeOf(narrow).parameter(0).toEqualTypeOf<Decoded['command']>()
})

test('bytes are Uint8Array, never Buffer', () => {
  expectTypeOf(encodeCommand).returns.toEqualTypeOf<Uint8Array>()
  expectTypeOf(decodeAll).parameter(0).toEqualTypeOf<Uint8Array>()
  expectTypeOf(paperToPng).returns.toEqualTypeOf<Uint8Array>()
  expectTypeOf(paperToSvg).returns.toBeString()
  expectTypeOf(printBytes).parameter(0).toEqualTypeOf<Uint8Array>()
  expectTypeOf(printBytes).returns.toEqualTypeOf<Paper>()
  expectTypeOf<Bitmap['data']>().toEqualTypeOf<Uint8Array>()
  expectTypeOf<Pixels['data']>().toEqualTypeOf<Uint8Array>()
  expectTypeOf(loadImage).returns.resolves.toEqualTypeOf<Pixels>()
  expectTypeOf<Compiled['bytes']>().not.toExtend<Buffer>()
})

test('printing', () => {
  expectTypeOf(openPrinter).parameter(0).toEqualTypeOf<Transport | string>()
  expectTypeOf(tcp).returns.toEqualTypeOf<Transport>()
  expectTypeOf<PrintResult['grade']>().toEqualTypeOf<Grade>()
  expectTypeOf<Grade>().toEqualTypeOf<'handed-over' | 'accepted' | 'processed' | 'printed'>()
  expectTypeOf(NotStarted).instance.toExtend<PrintError>()
  expectTypeOf(PartiallyPrinted).instance.toExtend<PrintError>()
  expectTypeOf(Uncertain).instance.toExtend<PrintError>()
  expectTypeOf<NotStarted['code']>().toEqualTypeOf<'PRINT_NOT_STARTED'>()
  expectTypeOf<Uncertain['code']>().toEqualTypeOf<'PRINT_UNCERTAIN'>()
})

test('errors', () => {
  expectTypeOf(ReceiptError).instance.toExtend<XiaopiaoError>()
  expectTypeOf(TransportError).instance.toExtend<XiaopiaoError>()
  expectTypeOf<PrintError>().toExtend<XiaopiaoError>()
  expectTypeOf(XiaopiaoError).instance.toExtend<Error>()
  expectTypeOf<XiaopiaoError['path']>().toEqualTypeOf<string | undefined>()
})

test('profiles', () => {
  expectTypeOf(findProfile).returns.toEqualTypeOf(generic58)
  expectTypeOf(overrideProfile).returns.toEqualTypeOf(generic58)
  expectTypeOf<'widthDots' | 'fonts.A.heightDots' | 'drawer.pin'>().toExtend<ProfilePath>()
  expectTypeOf<'fonts'>().not.toExtend<ProfilePath>()
})
