/**
 * Turns commands into bytes and bytes into commands, both by the command table.
 *
 * It is long because the decoder has to end text, keep half commands and pass on unknown bytes over the same buffer.
 */

import { type Command, commandTable, specOf } from './commands/index.js'
import { buildDispatch, byteName, type DispatchNode } from './dispatch.js'
import {
  invalid,
  readFields,
  readNumber,
  type Source,
  sizeOfFields,
  type Values,
  writeFields,
  writeNumber,
} from './field-io.js'
import type { Spec } from './fields.js'
import {
  longRaster,
  maxCommandBytes,
  newState,
  readLong,
  type State,
  unfinished,
} from './long-commands.js'

/** A command and the bytes of the stream that it came from. */
export interface Decoded {
  /** Offset in the whole stream, in bytes. */
  readonly offset: number
  /** Length of the command in bytes. */
  readonly length: number
  readonly command: Command
}

/** Longest text command in bytes. A longer run of text is given in pieces of this size. */
export const maxTextBytes = 65536

export interface DecoderOptions {
  /**
   * For programs that print: a raster (GS v 0) of more than 1 MB is given in bands of 1 MB, each a raster, as soon
   * as their rows have arrived. Those bands are not the stream's commands. Default false.
   */
  readonly bands?: boolean
}

let builtRoot: DispatchNode | undefined

/** Builds the tree at its first use, because only decoding needs it and building it takes as long as many receipts. */
function dispatchRoot(): DispatchNode {
  builtRoot ??= buildDispatch(commandTable)
  return builtRoot
}

/**
 * Encodes commands, one after the other, in one allocation. Throws `COMMAND_INVALID` with the command's
 * index if a value does not fit its field, because a value that is cut off silently would print something else.
 *
 * @example
 * encodeCommands([{ kind: 'initialize' }, { kind: 'feedLines', n: 3 }]) // Uint8Array.of(0x1b, 0x40, 0x1b, 0x64, 0x03)
 */
export function encodeCommands(commands: readonly Command[]): Uint8Array {
  let size = 0
  for (let i = 0; i < commands.length; i++) size += sizeOfCommand(commands[i] as Command, i)
  const bytes = new Uint8Array(size)
  let at = 0
  for (const command of commands) at = writeCommand(command, bytes, at)
  return bytes
}

/**
 * Encodes one command. Throws `COMMAND_INVALID` if a value does not fit its field.
 *
 * @example
 * encodeCommand({ kind: 'feedLines', n: 3 }) // Uint8Array.of(0x1b, 0x64, 0x03)
 */
export function encodeCommand(command: Command): Uint8Array {
  return encodeCommands([command])
}

/** Returns the length of a command in bytes. Throws an error that names `index` if the command cannot be encoded. */
export function sizeOfCommand(command: Command, index: number): number {
  if (command.kind === 'text' || command.kind === 'unknown') return command.bytes.length
  const spec = specOf(command.kind)
  if (spec === undefined) throw invalid(`has the unknown kind ${command.kind}`, index)
  const fields = sizeOfFields(spec.fields, command as unknown as Values, index)
  const body = spec.body.length + fields
  if (spec.lengthSize > 0 && body > 256 ** spec.lengthSize - 1) {
    throw invalid(`is ${body} bytes long, more than ${spec.mnemonic} can say`, index)
  }
  return spec.prefix.length + spec.lengthSize + body
}

/** Writes a command from `start` on and returns the offset after it. `sizeOfCommand` must have accepted the command. */
export function writeCommand(command: Command, target: Uint8Array, start: number): number {
  if (command.kind === 'text' || command.kind === 'unknown') {
    target.set(command.bytes, start)
    return start + command.bytes.length
  }
  const spec = specOf(command.kind) as Spec
  let at = start
  for (const byte of spec.prefix) target[at++] = byte
  const lengthAt = at
  at += spec.lengthSize
  const bodyAt = at
  for (const byte of spec.body) target[at++] = byte
  at = writeFields(spec.fields, command as unknown as Values, target, at)
  if (spec.lengthSize > 0) writeNumber(at - bodyAt, spec.lengthSize, target, lengthAt)
  return at
}

/**
 * Decodes a complete stream. Never throws; every byte belongs to one command.
 *
 * @example
 * decodeAll(Uint8Array.of(0x1b, 0x40)) // [{ offset: 0, length: 2, command: { kind: 'initialize' } }]
 */
export function decodeAll(bytes: Uint8Array): Decoded[] {
  const decoded: Decoded[] = []
  drain(sourceOf(bytes, bytes.length), 0, newState(false), true, decoded)
  return decoded
}

/**
 * Decodes a stream that comes in pieces. The commands do not depend on where the pieces were cut.
 * A run of text is given when a control byte ends it, an unfinished command never before `end()`.
 *
 * @example
 * const decoder = new Decoder()
 * const first = decoder.write(Uint8Array.of(0x1b))
 * const second = decoder.write(Uint8Array.of(0x40))
 * ;[first.length, second[0]?.command.kind] // [0, 'initialize']
 */
export class Decoder {
  /** Bytes of one unfinished command or text run. */
  private pending = new Uint8Array(256)
  private pendingLength = 0
  private wanted = 0
  private offset = 0
  private readonly state: State

  constructor(options: DecoderOptions = {}) {
    this.state = newState(options.bands ?? false)
  }

  /** Returns the commands that these bytes complete. */
  write(chunk: Uint8Array): Decoded[] {
    if (this.pendingLength === 0) return this.decode(chunk, chunk.length, false)
    this.append(chunk)
    if (this.pendingLength < this.wanted) return []
    return this.decode(this.pending, this.pendingLength, false)
  }

  /** Ends the stream and returns its rest: the last text, or an unfinished command as `unknown`. */
  end(): Decoded[] {
    return this.decode(this.pending, this.pendingLength, true)
  }

  private decode(bytes: Uint8Array, length: number, final: boolean): Decoded[] {
    const decoded: Decoded[] = []
    const source = sourceOf(bytes, length)
    drain(source, this.offset, this.state, final, decoded)
    this.offset += source.at
    this.wanted = source.wanted - source.at
    if (bytes === this.pending) {
      this.pending.copyWithin(0, source.at, length)
      this.pendingLength = length - source.at
    } else {
      this.append(bytes.subarray(source.at, length))
    }
    return decoded
  }

  private append(chunk: Uint8Array): void {
    const length = this.pendingLength + chunk.length
    if (length > this.pending.length) {
      const larger = new Uint8Array(Math.max(length, this.pending.length * 2))
      larger.set(this.pending.subarray(0, this.pendingLength))
      this.pending = larger
    }
    this.pending.set(chunk, this.pendingLength)
    this.pendingLength = length
  }
}

function sourceOf(bytes: Uint8Array, end: number): Source {
  const limit = Number.POSITIVE_INFINITY
  return { bytes, at: 0, end, wanted: 0, limit, isFinal: false, isDry: false }
}

/** Decodes all complete commands into `decoded` and moves `source.at` past them. */
function drain(
  source: Source,
  base: number,
  state: State,
  final: boolean,
  decoded: Decoded[],
): void {
  source.isFinal = final
  while (source.at < source.end) {
    const start = source.at
    const command = readNext(source, state, final)
    if (command === undefined) {
      source.at = start
      return
    }
    decoded.push({ offset: base + start, length: source.at - start, command })
  }
  source.wanted = 0
}

function readNext(source: Source, state: State, final: boolean): Command | undefined {
  const start = source.at
  if (state.long === undefined) {
    if ((source.bytes[start] as number) >= 0x20) return readText(source, state, final)
    state.long = state.bands ? longRaster(source) : undefined
  }
  if (state.long === undefined) {
    const read = readCommand(source, final)
    if (read?.kind !== 'too-long') return read
    const { name, bytes } = read
    const reason = `${name} of ${bytes} bytes, more than ${maxCommandBytes}: skipped`
    state.long = { kind: 'skipped', reason, bytesLeft: bytes }
    source.at = start
  }
  return readLong(source, state, state.long, final)
}

function readText(source: Source, state: State, final: boolean): Command | undefined {
  const { bytes, at } = source
  const stop = Math.min(source.end, at + maxTextBytes)
  let end = at + state.textSeen
  while (end < stop && (bytes[end] as number) >= 0x20) end++
  if (end === source.end && end - at < maxTextBytes && !final) {
    source.wanted = end + 1
    state.textSeen = end - at
    return undefined
  }
  source.at = end
  state.textSeen = 0
  return { kind: 'text', bytes: bytes.slice(at, end) }
}

/** A command that is longer than `maxCommandBytes`. */
interface TooLong {
  readonly kind: 'too-long'
  readonly name: string
  readonly bytes: number
}

/** Reads the command at the cursor; undefined if bytes are missing. */
function readCommand(source: Source, final: boolean): Command | TooLong | undefined {
  const start = source.at
  const path: DispatchNode[] = []
  let node: DispatchNode | undefined = dispatchRoot()
  let depth = 0
  while (node !== undefined && start + depth < source.end) {
    node = node.next[source.bytes[start + depth] as number]
    if (node === undefined) break
    path.push(node)
    depth++
  }
  if (node !== undefined && mayGoOn(node) && !(final && node.specs.length > 0)) {
    source.wanted = source.end + 1
    return final ? unfinished(source, start, node.name) : undefined
  }
  source.limit = start + maxCommandBytes
  for (let i = path.length - 1; i >= 0; i--) {
    const candidate = path[i] as DispatchNode
    const command = readAt(candidate, source, start, i + 1)
    if (command !== undefined) return command
    if (source.wanted > 0) {
      const name = candidate.specs[0]?.mnemonic ?? candidate.name
      if (source.wanted > source.limit) {
        return { kind: 'too-long', name, bytes: source.wanted - start }
      }
      return final ? unfinished(source, start, name) : undefined
    }
  }
  return unknown(source, start, depth)
}

/** Whether the next byte could still choose between entries. */
function mayGoOn({ specs, group, next }: DispatchNode): boolean {
  if (group !== undefined) return false
  // A whole command can begin a longer one: DC2 is a command, and so is DC2 T.
  const isWhole = specs.some(({ fields }) => Object.keys(fields).length === 0)
  return specs.length === 0 || (isWhole && next.some((child) => child !== undefined))
}

function readAt(
  node: DispatchNode,
  source: Source,
  start: number,
  depth: number,
): Command | undefined {
  source.wanted = 0
  if (node.group !== undefined) {
    const command = readGroup(node.group, source, start + depth)
    if (command !== undefined || source.wanted > 0) return command
  }
  for (const spec of node.specs) {
    source.at = start + spec.prefix.length
    const values: Values = { kind: spec.kind as never }
    if (isThere(spec, source) && readFields(spec.fields, source, values)) {
      return values as unknown as Command
    }
    if (source.wanted > 0) return undefined
  }
  return undefined
}

function hasList({ fields }: Spec): boolean {
  for (const name in fields) if (fields[name]?.type === 'list') return true
  return false
}

/**
 * Whether all items of the command's list have arrived. A list is read again each time more of it comes, so it must
 * not be copied before it is complete.
 */
function isThere(spec: Spec, source: Source): boolean {
  if (!hasList(spec)) return true
  const { at } = source
  source.isDry = true
  const isWhole = readFields(spec.fields, source, {})
  source.isDry = false
  source.at = at
  return isWhole
}

function readGroup(
  group: NonNullable<DispatchNode['group']>,
  source: Source,
  lengthAt: number,
): Command | undefined {
  const bodyAt = lengthAt + group.lengthSize
  if (bodyAt > source.end) {
    source.wanted = bodyAt
    return undefined
  }
  source.at = lengthAt
  const bodyEnd = bodyAt + readNumber(source, group.lengthSize)
  if (bodyEnd > source.end || bodyEnd > source.limit) {
    source.wanted = bodyEnd
    return undefined
  }
  const body = { ...sourceOf(source.bytes, bodyEnd), at: bodyAt }
  const command = readBody(group.body, body)
  if (command !== undefined) source.at = bodyEnd
  return command
}

/** Reads a group's body as the function whose fields fill it exactly; functions with more fixed bytes are tried first. */
function readBody(root: DispatchNode, body: Source): Command | undefined {
  const bodyAt = body.at
  const path: DispatchNode[] = [root]
  let node: DispatchNode | undefined = root
  for (let at = bodyAt; at < body.end; at++) {
    node = node.next[body.bytes[at] as number]
    if (node === undefined) break
    path.push(node)
  }
  for (let i = path.length - 1; i >= 0; i--) {
    for (const spec of (path[i] as DispatchNode).specs) {
      body.at = bodyAt + spec.body.length
      const values: Values = { kind: spec.kind as never }
      if (readFields(spec.fields, body, values) && body.at === body.end) {
        return values as unknown as Command
      }
    }
  }
  return undefined
}

/**
 * Takes bytes that begin no command. After ESC, FS or GS, the byte that fits no command is taken as well; any other
 * control byte is taken alone.
 */
function unknown(source: Source, start: number, depth: number): Command {
  const lead = source.bytes[start] as number
  const next = source.bytes[start + 1]
  const takesNext =
    (lead === 0x1b || lead === 0x1c || lead === 0x1d) && !(next === 0x1b && lead === 0x1b)
  const length = takesNext ? Math.min(depth + 1, source.end - start) : 1
  const bytes = source.bytes.slice(start, start + length)
  source.at = start + length
  return { kind: 'unknown', bytes, reason: `unknown command ${[...bytes].map(byteName).join(' ')}` }
}
