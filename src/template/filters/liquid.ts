/** Liquid's filters for text and lists, with checked arguments, so that objects never become text. Messages quote no values. */

import { filters as liquid } from 'liquidjs/dist/liquid.browser.mjs'
import { ReceiptError } from '../../model/errors.js'

type Filter = (this: unknown, ...values: readonly unknown[]) => unknown

/** Filters whose value and arguments must all be text. */
const OF_TEXT = [
  ...['append', 'prepend', 'upcase', 'downcase', 'capitalize'],
  ...['strip', 'lstrip', 'rstrip', 'strip_newlines', 'squish', 'normalize_whitespace'],
  ...['remove', 'remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last'],
  ...['truncate', 'split', 'url_encode', 'url_decode'],
]

/** Filters that take any value, with arguments that must be text or numbers: names of fields, positions, lengths. */
const WITH_TEXT = ['slice', 'sort', 'map']

/** Filters that take any value, with the name of a field as first argument. */
const WITH_NAME = ['where', 'reject', 'find', 'find_index', 'has', 'group_by']

const OF_ANYTHING = ['default', 'first', 'last', 'size', 'reverse', 'compact', 'concat', 'uniq']

/**
 * The checked filters. Those of Liquid's are left out that read the clock, zone, locale or random numbers (`date_to_…`, `sample`), parse
 * values as expressions (`where_exp`, …), are for HTML, or make text of objects (`json`, `inspect`).
 */
export const liquidFilters: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(OF_ANYTHING.map((name) => [name, liquid[name]])),
  ...checked(OF_TEXT, (values) => values),
  ...checked(WITH_TEXT, ([, ...texts]) => texts),
  ...checked(WITH_NAME, ([, field]) => [field]),
  ...checked(['join'], ([list, between]) => [...(Array.isArray(list) ? list : [list]), between]),
}

function checked(
  names: readonly string[],
  textsOf: (values: readonly unknown[]) => readonly unknown[],
): Record<string, Filter> {
  return Object.fromEntries(names.map((name) => [name, checkedFilter(name, textsOf)]))
}

function checkedFilter(
  name: string,
  textsOf: (values: readonly unknown[]) => readonly unknown[],
): Filter {
  const filter = liquid[name] as Filter
  return function (...values) {
    const wrong = textsOf(values).find((value) => !isText(value))
    if (wrong === undefined) return filter.call(this, ...values)
    const found = Array.isArray(wrong) ? 'a list' : 'an object'
    throw new ReceiptError(`the filter ${name} makes text of its values, and one is ${found}`, {
      code: 'TEMPLATE_FILTER',
      hint: "take a field of it first, as in {{ items | map: 'name' | join: ', ' }}",
    })
  }
}

/** Whether the value is text, a number, true, false, null or undefined, which Liquid takes for empty text. */
function isText(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}
