/** The commands of the counter: `GS C` sets it, and `GS c` prints it and counts on. */

import type { Counter } from '../counter.js'
import type { Machine } from '../machine.js'
import { putBytes } from '../text/characters.js'
import { digit } from './digit.js'
import type { Handlers } from './handlers.js'

export const counterCommands = {
  counterMode: ({ counter }, { n, m }) => {
    if (n > 5 || digit(m) > 2) return
    counter.digits = n
    counter.side = digit(m)
  },
  counterRange: ({ counter }, { a, b, n, r }) => {
    Object.assign(counter, { from: a, to: b, step: n, repeats: r, printed: 0 })
  },
  counterValue: ({ counter }, { n }) => {
    counter.value = n
    counter.printed = 0
  },
  counterRangeText: ({ counter }, { data }) => {
    const most = { from: 65535, to: 65535, step: 255, repeats: 255, value: 65535 }
    const texts = String.fromCharCode(...data).split(';')
    for (const [i, name] of (Object.keys(most) as (keyof typeof most)[]).entries()) {
      const text = texts[i] ?? ''
      // A value that is left out, or is not a number, stays as it was.
      if (/^[0-9]+$/.test(text) && Number(text) <= most[name]) counter[name] = Number(text)
    }
    counter.printed = 0
  },
  counterPrint: (machine, _, offset) => printCounter(machine, offset),
} satisfies Partial<Handlers>

function printCounter(machine: Machine, offset: number): void {
  const { counter } = machine
  const { from, to, step, repeats } = counter
  const counts = from !== to && step !== 0 && repeats !== 0
  const least = Math.min(from, to)
  const most = Math.max(from, to)
  if (counts && (counter.value < least || counter.value > most)) counter.value = from
  const text = counterText(counter)
  for (const character of text) putBytes(machine, Uint8Array.of(character.charCodeAt(0)), offset)
  if (!counts) return
  counter.printed++
  if (counter.printed < repeats) return
  counter.printed = 0
  counter.value += from < to ? step : -step
  if (counter.value < least || counter.value > most) counter.value = from
}

function counterText({ value, digits, side }: Counter): string {
  const text = String(value)
  if (digits === 0) return text
  const last = text.slice(-digits)
  if (side === 2) return last.padEnd(digits)
  return last.padStart(digits, side === 1 ? '0' : ' ')
}
