/** `xiaopiao template check`: checks a template with its data schema and its sample, on both widths of paper. */

import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { compileJson } from '../compile.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { isPlainObject } from '../model/realms.js'
import { generic58 } from '../profiles/generic-58.js'
import { generic80 } from '../profiles/generic-80.js'
import { type BindOptions, bind } from '../template/bind.js'
import { declaredOf } from '../template/data-schema.js'
import type { Template } from '../template/types.js'
import { atPlace, type Written } from '../writing/written.js'
import { inputError } from './fail.js'
import { loadImages, readBytes } from './input.js'
import { showFindings } from './output.js'
import { readData, readTemplate } from './written.js'

interface Options {
  readonly data?: string
  readonly partials?: string
  readonly json?: boolean
}

export function addTemplate(program: Command): void {
  program
    .command('template')
    .description('templates of receipts')
    .addHelpText('after', '\nExample:\n  xiaopiao template check sale.receipt.json')
    .command('check <file>')
    .description('check a template, its schema of data and its sample together, on 58 and 80 mm')
    .option('--data <file>', 'a sample beside that of the template; - is the standard input')
    .option('--partials <file>', 'object of the lists of nodes that the receipt includes')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao template check sale.receipt.json
  xiaopiao template check sale.receipt.yaml --data sale.data.json`,
    )
    .action(async (path: string, options: Options) => {
      showFindings(await check(path, options), options.json === true)
    })
}

async function check(path: string, { data, partials }: Options): Promise<readonly Diagnostic[]> {
  const written = await readTemplate(await readBytes(path), path)
  const given = partials === undefined ? {} : await readData(partials)
  const { schema, sample: own } = declaredIn(written.value)
  atPlace(written, () => declaredOf(written.value))
  const sample = data === undefined ? own : await readData(data)
  if (sample === undefined) {
    const hint = 'write "data": { "sample": { … } } in the template, or give --data'
    throw inputError('SAMPLE_MISSING', 'the template has no sample to try it with', hint)
  }
  return [
    ...unusedFields(schema, [written.value, given]),
    ...missingSamples(schema, sample),
    ...(await onPaper(written, path, sample as object, given as BindOptions['partials'])),
  ]
}

function declaredIn(template: unknown): { readonly schema?: unknown; readonly sample?: unknown } {
  const data = isPlainObject(template) ? template.data : undefined
  return isPlainObject(data) ? data : {}
}

/** Lists the fields in the schema, each with its path and its name. */
function fieldsOf(schema: unknown, path = ''): readonly (readonly [path: string, name: string])[] {
  if (!isPlainObject(schema)) return []
  const { properties, items } = schema
  const own = Object.entries(isPlainObject(properties) ? properties : {}).flatMap(
    ([name, field]) => {
      const at = path === '' ? name : `${path}.${name}`
      return [[at, name] as const, ...fieldsOf(field, at)]
    },
  )
  return [...own, ...fieldsOf(items, `${path}[]`)]
}

/** Finds fields whose name is in no expression. A field whose name occurs may still be unused, because the name may mean another field. */
function unusedFields(schema: unknown, templates: readonly unknown[]): readonly Diagnostic[] {
  const words = new Set(
    templates.flatMap(expressionsOf).flatMap((text) => text.match(/\w+/g) ?? []),
  )
  return fieldsOf(schema)
    .filter(([, name]) => !words.has(name))
    .map(([path]) => ({
      code: 'DATA_FIELD_UNUSED',
      severity: 'warning',
      message: 'the schema has the field, and no expression uses it',
      path: `data.schema: ${path}`,
      hint: 'print it, or take it out of the schema',
    }))
}

/** Collects the texts that may contain expressions: all texts but those of the declared data. */
function expressionsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(expressionsOf)
  if (!isPlainObject(value)) return []
  const isRoot = Array.isArray(value.nodes) && value.kind === undefined
  return Object.entries(value)
    .filter(([key]) => !(isRoot && key === 'data'))
    .flatMap(([, field]) => expressionsOf(field))
}

/** Finds fields of the schema for which the sample has no value. Of a list, only the first element is checked. */
function missingSamples(schema: unknown, sample: unknown): readonly Diagnostic[] {
  return fieldsOf(schema)
    .filter(([path]) => valueAt(sample, path) === undefined)
    .map(([path]) => ({
      code: 'SAMPLE_FIELD_MISSING',
      severity: 'warning',
      message: 'the sample has no value for the field, so that it was not tried',
      path: `data.sample: ${path}`,
      hint: 'give one in the sample',
    }))
}

function valueAt(sample: unknown, path: string): unknown {
  let value = sample
  for (const [step] of path.matchAll(/\[\]|[^.[\]]+/g)) {
    if (step === '[]') value = Array.isArray(value) ? value[0] : undefined
    else value = isPlainObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}

async function onPaper(
  written: Written,
  path: string,
  sample: object,
  partials: BindOptions['partials'],
): Promise<readonly Diagnostic[]> {
  const template = written.value as Template
  const options = partials === undefined ? {} : { partials }
  const receipt = atPlace(written, () => bind(template, sample, options))
  const images = await loadImages(receipt, dirname(resolve(path)))
  return [generic58, generic80].flatMap((profile) => {
    const { diagnostics } = atPlace(written, () => compileJson(receipt, { profile, images }))
    return diagnostics
      .filter(({ code }) => !ALWAYS.has(code))
      .map((one) => ({ ...one, message: `${profile.paperMm} mm: ${one.message}` }))
  })
}

/** Codes of diagnostics that the generic profiles give for every receipt. */
const ALWAYS: ReadonlySet<string> = new Set(['CUT_UNSUPPORTED', 'CUT_MODE_CHANGED'])
