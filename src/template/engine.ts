/** LiquidJS set up for templates: without tags, with our filters, and with one rule for which values are true. */

import { defaultOperators, Liquid } from 'liquidjs/dist/liquid.browser.mjs'
import { filters } from './filters/index.js'

export const operators = {
  ...defaultOperators,
  not: (value: unknown) => !isTrue(value),
  and: (left: unknown, right: unknown) => isTrue(left) && isTrue(right),
  or: (left: unknown, right: unknown) => isTrue(left) || isTrue(right),
}
export const liquid = createLiquid()

function createLiquid(): Liquid {
  const options = { strictVariables: true, strictFilters: true, ownPropertyOnly: true }
  // A guard against expressions such as (1..1e9). It limits the list entries and characters that filters make for one receipt.
  const created = new Liquid({ ...options, memoryLimit: 2e7, operators })
  for (const name of Object.keys(created.tags)) delete created.tags[name]
  for (const name of Object.keys(created.filters)) delete created.filters[name]
  for (const [name, filter] of Object.entries(filters)) created.registerFilter(name, filter)
  return created
}

/** Whether a value counts as true. False, 0, empty text, an empty list, null and a missing value count as false. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
