/** The filters of templates: ours, and Liquid's that depend on nothing but their arguments. */

import { filters as liquidFilters } from 'liquidjs/dist/liquid.browser.mjs'
import { mask, pad } from './codes.js'
import { date } from './date.js'
import { money, rmb, yuan } from './money.js'
import { arithmetic, sum } from './numbers.js'

/**
 * Left out of Liquid's: what reads the clock, zone, locale or chance (`date_to_…`, `sample`), parses values as
 * expressions (`where_exp`, …), is for HTML, or makes text of objects (`json`, `inspect`).
 */
const kept = [
  ...['default', 'append', 'prepend', 'upcase', 'downcase', 'capitalize'],
  ...['strip', 'lstrip', 'rstrip', 'strip_newlines', 'squish', 'normalize_whitespace'],
  ...['remove', 'remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last'],
  ...['truncate', 'slice', 'split', 'join', 'url_encode', 'url_decode'],
  ...['first', 'last', 'size', 'reverse', 'sort', 'map', 'compact', 'concat', 'uniq'],
  ...['where', 'reject', 'find', 'find_index', 'has', 'group_by'],
]

export const filters: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(kept.map((name) => [name, liquidFilters[name]])),
  ...arithmetic,
  ...{ sum, money, yuan, rmb, mask, pad, date },
}
