import { expectTypeOf, test } from 'vitest'
import { type Decoded, decodeAll, encodeCommand } from '../../src/encoders/escpos/index.js'
import { type Paper, paperToPng, paperToSvg, printBytes } from '../../src/entries/emulator.js'
import { loadImage } from '../../src/images/index.js'
import {
  type Bitmap,
  type ColumnsNode,
  type Command,
  type Compiled,
  columns,
  compile,
  compileJson,
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
  type Printer,
  type PrintJob,
  type PrintResult,
  Uncertain,
} from '../../src/printer/index.js'
import {
  findProfile,
  generic58,
  overrideProfile,
  type ProfilePath,
} from '../../src/profiles/index.js'
import { bind, type Template } from '../../src/template/index.js'
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
  expectTypeOf(compile).parameter(0).toEqualTypeOf<Receipt>()
  expectTypeOf(compileJson).parameter(0).toBeUnknown()
})

test('compile and print take receipts, and name what is none', () => {
  // @ts-expect-error misspelt nodes
  const misspelt = () => compile({ nods: [] }, { profile: generic58 })
  // @ts-expect-error a text has no value
  const field = () => compile({ nodes: [{ kind: 'text', value: 'x' }] }, { profile: generic58 })
  // @ts-expect-error a list is no receipt
  const list = () => compile([text('a')], { profile: generic58 })
  // @ts-expect-error an id is no profile
  const id = () => compile({ nodes: [] }, { profile: 'generic-58' })
  // @ts-expect-error misspelt field of a profile
  const dots = () => compile({ nodes: [] }, { profile: { ...generic58, widthDot: 416 } })
  // @ts-expect-error misspelt nodes
  const printMisspelt = () => openPrinter('tcp://127.0.0.1').print({ nods: [] })
  // @ts-expect-error a list is no receipt
  const printList = () => openPrinter('tcp://127.0.0.1').print([text('x')])
  expectTypeOf([misspelt, field, list, id, dots, printMisspelt, printList]).toBeArray()
  expectTypeOf<Parameters<Printer['print']>[0]>().toEqualTypeOf<Receipt | PrintJob | Uint8Array>()
  expectTypeOf<Compiled>().toExtend<PrintJob>()
})

test('templates give receipts, and know their data where they are told', () => {
  interface Sale {
    readonly shop: string
    readonly size: number
    readonly items: readonly { readonly name: string }[]
  }
  const sale: Template<Sale> = {
    title: '小票',
    nodes: [
      text('{{ shop }}', { align: 'center' }),
      { kind: 'text', text: '{{ shop }}', size: '{{ size }}' },
      { kind: 'each', in: 'items', do: [{ kind: 'text', text: '{{ item.name }}' }] },
      { kind: 'if', test: 'items', then: [{ kind: 'rule' }], else: [] },
    ],
  }
  expectTypeOf(bind(sale, { shop: '面馆', size: 2, items: [] })).toEqualTypeOf<Receipt>()
  // @ts-expect-error no items
  const lacking = () => bind(sale, { shop: '面馆' })
  // @ts-expect-error misspelt nodes
  const misspelt = () => bind({ nods: [] }, {})
  // What the data lack is found when the template is filled in.
  const anyData = () => bind({ nodes: [{ kind: 'text', text: '{{ shoop }}' }] }, { shop: 'x' })
  expectTypeOf(anyData).returns.toEqualTypeOf<Receipt>()
  const json = { nodes: [{ kind: 'text' as string, text: '{{ shop }}' }] }
  expectTypeOf(bind(json, { shop: 'x' })).toEqualTypeOf<Receipt>()
  expectTypeOf([lacking, misspelt]).toBeArray()
})

test('a profile is overridden by paths that it has', () => {
  const fine = () =>
    overrideProfile(generic58, { widthDots: 416, 'fonts.A.widthDots': '12', cuts: ['full'] })
  // @ts-expect-error misspelt path
  const misspelt = () => overrideProfile(generic58, { witdhDots: '416' })
  // @ts-expect-error a number of dots or a text
  const wrong = () => overrideProfile(generic58, { widthDots: true })
  expectTypeOf([fine, misspelt, wrong]).toBeArray()
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
