/** Random commands, made from the field types of the table. */

import fc from 'fast-check'
import { type Command, commandTable } from '../../src/encoders/escpos/commands/index.js'
import type { Value, Values } from '../../src/encoders/escpos/field-io.js'
import type { Earlier, Field, Fields, Shape, Spec } from '../../src/encoders/escpos/fields.js'

const bytes = (length: { minLength?: number; maxLength: number }) => fc.uint8Array(length)

function arbitraryOf(
  field: Field,
  name: string,
  earlier: Earlier,
  small: boolean,
): fc.Arbitrary<Value> {
  const most = small && name !== 'm' ? 5 : undefined
  switch (field.type) {
    case 'u8':
      return fc.integer({ min: 0, max: most ?? 0xff })
    case 'u16':
      return fc.integer({ min: 0, max: most ?? 0xffff })
    case 'i16':
      return fc.integer({ min: -0x8000, max: 0x7fff })
    case 'u32':
      return fc.integer({ min: 0, max: small ? 40 : 0xffffffff })
    case 'oneOf':
      return fc.constantFrom(...field.values)
    case 'fixed':
      return bytes({ minLength: field.length, maxLength: field.length })
    case 'counted': {
      const length = field.length(earlier)
      return bytes({ minLength: length, maxLength: length })
    }
    case 'prefixed':
    case 'rest':
      return bytes({ maxLength: 40 })
    case 'terminated': {
      const shape = field.shape(earlier)
      const part = fc.array(fc.integer({ min: 0, max: 255 }), {
        maxLength: Math.floor(shape.most / field.count) - 1,
      })
      return fc.array(part, { minLength: field.count, maxLength: field.count }).map((parts) => {
        const all = parts.flatMap((p) => [...shaped(p, shape, field.mark), field.mark])
        return Uint8Array.from(field.keepMark ? all : all.slice(0, -1))
      })
    }
    // What follows must not be able to go on with it: all that it takes is there.
    case 'unterminated': {
      const shape = field.shape(earlier)
      return fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 20 }).map((part) => {
        const filled = shaped(part, shape, 0)
        const more = Array.from({ length: 256 }, (_, byte) => byte)
        while (filled.length < shape.most) {
          const next = more.find((byte) => shape.takes(byte, Uint8Array.from(filled)))
          if (next === undefined) break
          filled.push(next)
        }
        return Uint8Array.from(filled)
      })
    }
    case 'list': {
      const count = Math.max(0, field.count(earlier))
      const item = fc.constant(null).chain(() => valuesOf(field.fields, earlier, true))
      return fc.array(item, { minLength: count, maxLength: count })
    }
    default:
      return field satisfies never
  }
}

/** Those of the bytes that the field takes. */
function shaped(bytes: readonly number[], { takes, most }: Shape, mark: number): number[] {
  const taken: number[] = []
  for (const byte of bytes) {
    if (taken.length === most) break
    if (byte !== mark && takes(byte, Uint8Array.from(taken))) taken.push(byte)
  }
  return taken
}

function valuesOf(fields: Fields, outer: Earlier, small: boolean): fc.Arbitrary<Values> {
  return Object.entries(fields).reduce<fc.Arbitrary<Values>>(
    (made, [name, field]) =>
      made.chain((values) =>
        arbitraryOf(field, name, (n) => (values[n] ?? outer(n)) as number, small).map((value) => ({
          ...values,
          [name]: value,
        })),
      ),
    fc.constant({}),
  )
}

const groupLetters = new Set(
  commandTable.filter((s) => s.lengthSize === 2).map((s) => `${s.prefix[0]} ${s.prefix[2]}`),
)

/** A generic kind stands only for what no other entry describes. */
function isCanonical(spec: Spec, values: Values): boolean {
  if (spec.kind.endsWith('Group')) {
    const data = values.data as Uint8Array
    if (spec.kind === 'gs8Group') return data[0] !== 0x30
    return !groupLetters.has(`${spec.prefix[0]} ${values.letter}`)
  }
  if (spec.kind === 'realtimeStatus') return ![7, 8, 18].includes(values.n as number)
  return true
}

function commandOf(spec: Spec): fc.Arbitrary<Command> {
  const types = Object.values(spec.fields).map((field) => field.type)
  const small = types.includes('counted') || types.includes('list')
  return valuesOf(spec.fields, () => 0, small)
    .filter((values) => isCanonical(spec, values))
    .map((values) => ({ kind: spec.kind, ...values }) as unknown as Command)
}

const text: fc.Arbitrary<Command> = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { minLength: 1, maxLength: 30 })
  .map((codes) => ({ kind: 'text', bytes: Uint8Array.from(codes) }))

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 1, arbitrary: text },
  { weight: 4, arbitrary: fc.constantFrom(...commandTable).chain(commandOf) },
)

/** A program in which no text stands beside text: the decoder would give them as one. */
export const anyProgram: fc.Arbitrary<Command[]> = fc
  .array(anyCommand, { maxLength: 30 })
  .map((program) => program.filter((c, i) => c.kind !== 'text' || program[i - 1]?.kind !== 'text'))

/** Bytes in which commands are likely: many prefixes, short lengths. */
export const commandLikeBytes: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.constantFrom(0x1b, 0x1c, 0x1d, 0x10, 0x12, 0x1f, 0x28, 0x00, 0x01, 0x02, 0x03, 0x30, 0x31),
      fc.integer({ min: 0, max: 255 }),
    ),
    { maxLength: 200 },
  )
  .map((list) => Uint8Array.from(list))
