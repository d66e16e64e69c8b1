/** The small shapes that the bodies of the API are made of. */

import * as z from 'zod/mini'
import { OUTCOMES, SLIP_STATES } from './states.js'

/** The type of a shape's values, read-only at all levels, because answers are facts. */
export type Shaped<T extends z.ZodMiniType> = DeepReadonly<z.infer<T>>
type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

export const id = z.uuid({ error: 'an id (UUID)' })
/** The name that people use: `前台`. */
export const name = z
  .string()
  .check(z.regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u, { error: 'a name of 1 to 64 characters' }))
/** The name by which the POS knows a slip, such as an order number. */
export const key = z
  .string()
  .check(
    z.regex(/^[\x21-\x7e]{1,128}$/, { error: '1 to 128 letters, digits and signs without blanks' }),
  )
/** The name of the person who asks for something or decides it. */
export const person = z
  .string()
  .check(z.regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u, { error: 'the name of a person' }))
export const reason = z
  .string()
  .check(z.regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { error: 'a reason of 1 to 200 characters' }))
export const time = z.iso.datetime({
  offset: true,
  error: 'a time such as 2026-11-29T12:00:00+08:00',
})
export const sha256 = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 in 64 hexadecimal digits' }))
export const base64 = z.base64({ error: 'bytes in base64' })
export const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max))
export const count = whole(0, 2 ** 31 - 1)
export const state = z.enum(SLIP_STATES)
export const outcome = z.enum(OUTCOMES)

/** A part of the bytes that begins and ends with an empty line buffer. */
export const segment = z.strictObject({
  kind: z.enum(['print', 'pulse']),
  from: count,
  to: count,
  firstLine: count,
  lastLine: count,
  paths: z
    .array(z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{0,200}$/u, { error: 'a path' })))
    .check(z.maxLength(2000)),
})

/** How far the paper got, counted in segments. */
export const reach = z.strictObject({ segments: count, printed: count, sent: count })
export type Reach = Shaped<typeof reach>

export const roleName = z
  .string()
  .check(z.regex(/^[\w-]{1,32}$/, { error: 'a role such as receipt, kitchen or bar' }))
