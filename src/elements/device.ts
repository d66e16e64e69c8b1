/** `buzzer`, `density` and `speed`: requests to the printer that are not ink. If the printer lacks one, it is reported and the rest is printed. */

import * as s from '../model/shape.js'
import type { Element } from './element.js'
import type { BuzzerNode, DensityNode, SpeedNode } from './nodes.js'
import { placeFields } from './spacing.js'

const DEFAULT_TIMES = 1
const DEFAULT_MS = 200

export const buzzerElement: Element<BuzzerNode> = {
  schema: s.object<BuzzerNode>({
    kind: s.literal('buzzer'),
    times: s.optional(s.whole(1, 9)),
    ms: s.optional(s.whole(50, 900)),
    ...placeFields,
  }),
  layout({ times = DEFAULT_TIMES, ms = DEFAULT_MS }, { path }) {
    return [{ kind: 'device', request: { ask: 'buzzer', times, ms }, path }]
  },
}

export const densityElement: Element<DensityNode> = {
  schema: s.object<DensityNode>({
    kind: s.literal('density'),
    percent: s.whole(70, 140),
    ...placeFields,
  }),
  layout({ percent }, { path }) {
    return [{ kind: 'device', request: { ask: 'density', percent }, path }]
  },
}

export const speedElement: Element<SpeedNode> = {
  schema: s.object<SpeedNode>({
    kind: s.literal('speed'),
    level: s.whole(1, 11),
    ...placeFields,
  }),
  layout({ level }, { path }) {
    return [{ kind: 'device', request: { ask: 'speed', level }, path }]
  },
}

/**
 * Rings the buzzer: `buzzer(3)` times, for the kitchen.
 *
 * @example
 * buzzer(3) // { kind: 'buzzer', times: 3 }
 */
export function buzzer(times?: number, options: Pick<BuzzerNode, 'ms'> = {}): BuzzerNode {
  return times === undefined
    ? { kind: 'buzzer', ...options }
    : { kind: 'buzzer', times, ...options }
}

/**
 * Prints what follows darker or lighter than the printer is set to: `density(120)` per cent.
 *
 * @example
 * density(120) // { kind: 'density', percent: 120 }
 */
export function density(percent: number): DensityNode {
  return { kind: 'density', percent }
}

/**
 * Prints what follows at a speed of the printer, 1 being the slowest: fine codes come out sharper.
 *
 * @example
 * speed(2) // { kind: 'speed', level: 2 }
 */
export function speed(level: number): SpeedNode {
  return { kind: 'speed', level }
}
