/** Finds the changes that a command made in the machine's modes and memory. */

import type { Machine } from './machine.js'
import { GraphicsMemory } from './pictures/graphics-memory.js'

/** The machine's values by name. A value that is not plain is an array of its parts, by which two states are compared. */
export type MachineState = ReadonlyMap<string, unknown>

/** Fields that are left out: logs, constants, and fields that are described elsewhere in words. */
const leftOut: ReadonlySet<string> = new Set([
  ...['profile', 'multibyte', 'paper', 'sheet', 'line', 'pending', 'lastStyle'],
  ...[
    'pulses',
    'unknown',
    'replies',
    'page',
    'pageEntries',
    'running',
    'bytesLeft',
    'report',
    'isLanguageNamed',
  ],
])

export function stateOf(machine: Machine): MachineState {
  const state = new Map<string, unknown>()
  collect(machine, '', state)
  return state
}

function collect(of: object, prefix: string, state: Map<string, unknown>): void {
  for (const [key, value] of Object.entries(of)) {
    if (leftOut.has(key)) continue
    const name = prefix === '' || prefix === 'modes' ? key : `${prefix}.${key}`
    if (isPlainObject(value) && !prefix.includes('.')) collect(value, name, state)
    else state.set(name, partsOf(value))
  }
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.constructor === Object
}

function partsOf(value: unknown): unknown {
  if (value instanceof GraphicsMemory) return [...value.keys, ...value.pictures]
  if (value instanceof Map) return value.size === 0 ? none : [...value.keys(), ...value.values()]
  if (Array.isArray(value)) return [...value]
  return typeof value === 'object' && value !== null ? [value] : value
}

const none: readonly unknown[] = []

/** `symbols.qrModule` as words: `symbols qr module`. */
function wordsOf(name: string): string {
  return name.replace('.', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Says what differs between two states, for example `sets bold on, width 2` and `keeps nv graphics`. */
export function stateChanges(before: MachineState, after: MachineState): string[] {
  const set: string[] = []
  const kept: string[] = []
  const dropped: string[] = []
  for (const [key, is] of after) {
    if (isSame(before.get(key), is)) continue
    const name = wordsOf(key)
    if (is === undefined || (Array.isArray(is) && is.length === 0)) dropped.push(name)
    else if (typeof is === 'boolean') set.push(`${name} ${is ? 'on' : 'off'}`)
    else if (typeof is === 'number') set.push(`${name} ${is}`)
    else if (typeof is === 'string') set.push(is.length > 12 ? name : `${name} ${is}`)
    else kept.push(name)
  }
  const told = (verb: string, names: string[]) =>
    names.length === 0 ? [] : [`${verb} ${names.join(', ')}`]
  return [...told('sets', set), ...told('keeps', kept), ...told('forgets', dropped)]
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b)
  return a.length === b.length && a.every((part, i) => Object.is(part, b[i]))
}
