/**
 * Makes the JSON Schema files of the package from the schema by which receipts are checked, the comments of the types of nodes, and the
 * tables of docs/receipt.md, so that a field is described once.
 */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'

const HOME = 'https://raw.githubusercontent.com/xiaopiao/xiaopiao/main/schema'
const NODE = 'node'
const TEXT = 'text-with-spans'

/** Values from which examples are chosen: the first ones that a field accepts. */
const CANDIDATES = [
  ...[{ top: 8 }, [{ nodes: [{ kind: 'text', text: '谢谢惠顾' }] }], '3 cells'],
  ...[
    true,
    'center',
    'decimal',
    '0.75mm',
    '3 cells',
    '30%',
    'auto',
    '1fr',
    '10mm',
    'L1',
    2,
    12,
    24,
    0,
    90,
    1,
  ],
  ...[
    ['header', 'footer'],
    [{ width: '1fr' }, { width: 'auto', align: 'decimal' }],
  ],
  ...[
    [['红烧牛肉面', '28.00']],
    ['品名', '金额'],
    [{ kind: 'text', text: '谢谢惠顾' }],
    '合计',
    '-',
  ],
]

/** Examples that say more than a candidate would, by node and field, or by field. */
const EXAMPLES = {
  $schema: ['./node_modules/xiaopiao/schema/receipt.schema.json'],
  title: ['结账单'],
  'text.text': ['老城面馆', ['合计 ', { text: '￥56.00', bold: true }]],
  'field.label': ['合计'],
  'field.value': ['￥56.00'],
  'qr.data': ['https://example.com/i/48'],
  'barcode.data': ['20261123121544000123'],
  'symbol.data': ['01234567'],
  caption: ['扫码开发票'],
  logo: ['logo.png'],
  src: ['logo.png'],
  leader: ['.'],
  page: [{ heightMm: 30, widthMm: 40, gapMm: 2 }],
  at: [{ xMm: 2, yMm: 20 }],
  char: ['='],
  ruleChar: ['='],
  header: [['品名', '金额']],
  footer: [['合计', { text: '56.00', bold: true }]],
}

/** Descriptions of fields whose type has no comment and whose row in the manual has no text. */
const WORDS = {
  $schema: 'The address of this schema, for editors.',
  kind: 'The kind of the node.',
  nodes: 'The nodes, printed under each other.',
  text: 'The text: a string, or a list of strings and styled spans.',
  xMm: 'Distance from the left edge of the label in millimetres, 0 to 1000.',
  yMm: 'Distance from the upper edge of the label in millimetres, 0 to 1000.',
}

/**
 * @param receipt the result of `receiptJsonSchema()`
 * @param sources the texts of `src/elements/nodes.ts` and `docs/receipt.md`
 */
export function makeSchemas(receipt, sources) {
  const finished = receiptSchemaOf(receipt, describer(sources))
  return {
    'receipt.schema.json': finished,
    'template.schema.json': templateSchemaOf(finished),
  }
}

/** Reads the files in which fields are described. */
export function readSources() {
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  return {
    types: read('src/elements/nodes.ts'),
    manual: read('docs/receipt.md'),
  }
}

/** Writes each definition on one line, which keeps the files small, because they are part of the package. */
export function schemaText({ $defs, ...root }) {
  const lines = Object.entries($defs).map(([name, one]) => `"${name}": ${JSON.stringify(one)}`)
  return `${JSON.stringify(root).slice(0, -1)},\n"$defs": {\n${lines.join(',\n')}\n}}\n`
}

function receiptSchemaOf({ $schema, $defs, ...root }, describe) {
  const [only, ...others] = Object.keys($defs)
  if (only === undefined || others.length > 0) throw new Error('the schema has other $defs now')
  const rename = (value) =>
    mapSchema(value, (one) => {
      if (one.$ref === `#/$defs/${only}`) return { $ref: `#/$defs/${NODE}` }
      return isText(one) ? { $ref: `#/$defs/${TEXT}` } : one
    })
  const nodes = Object.fromEntries($defs[only].oneOf.map((branch) => [kindOf(branch), branch]))
  const textSchema = $defs[only].oneOf.find((one) => kindOf(one) === 'text').properties.text
  const named = {
    [NODE]: {
      title: 'node',
      description: 'A part of the receipt. Its `kind` says which.',
      oneOf: Object.keys(nodes).map((kind) => ({ $ref: `#/$defs/${kind}` })),
    },
    [TEXT]: { anyOf: textSchema.anyOf.map((one, i) => (i === 0 ? one : rename(one))) },
    ...mapValues(nodes, (branch) => mapInside(branch, rename)),
  }
  const defs = mapValues(named, (schema, name) => describe.object(schema, name))
  const schema = {
    $schema,
    $id: `${HOME}/receipt.schema.json`,
    title: 'xiaopiao receipt',
    description: 'A receipt, printed from top to bottom.',
    ...describe.object(rename(root), ''),
    $defs: defs,
  }
  return withExamples(schema)
}

/** Returns a copy of the schema in which the schemas inside it are changed, but not the schema itself. */
function mapInside(schema, change) {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties'
        ? mapValues(value, change)
        : Array.isArray(value)
          ? value.map(change)
          : value,
    ]),
  )
}

const isText = (schema) =>
  schema.anyOf?.length === 2 &&
  schema.anyOf[0].type === 'string' &&
  schema.anyOf[1].items?.anyOf?.[1]?.properties?.text !== undefined &&
  schema.anyOf[1].items.anyOf[1].properties.nodes === undefined

function kindOf(schema) {
  return schema.properties?.kind.const ?? kindOf(schema.oneOf[0])
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]))
}

/** Changes a schema and each schema inside it, the innermost first. */
function mapSchema(schema, change) {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map((one) => mapSchema(one, change))
  return change(
    Object.fromEntries(
      Object.entries(schema).map(([key, value]) => {
        if (key === 'properties' || key === '$defs')
          return [key, mapValues(value, (one) => mapSchema(one, change))]
        const isSchema = ['items', 'anyOf', 'oneOf', 'additionalProperties'].includes(key)
        return [key, isSchema ? mapSchema(value, change) : value]
      }),
    ),
  )
}

/** Writes title and description of every field. */
function describer({ types, manual }) {
  const declared = declarationsOf(types)
  const abouts = aboutsOf(declared)
  const interfaces = interfacesOf(declared)
  const rows = rowsOf(manual)
  const words = (name, field, comments) =>
    comments?.[field] ??
    WORDS[field] ??
    rows[name]?.[field] ??
    rows.Style?.[field] ??
    rows.Receipt?.[field] ??
    `${capital(field)} of ${name}.`
  const object = (schema, name) => {
    if (schema.oneOf !== undefined || schema.anyOf !== undefined) {
      const key = schema.oneOf === undefined ? 'anyOf' : 'oneOf'
      return {
        ...schema,
        [key]: schema[key].map((one) => (one.$ref ? one : object(one, name))),
      }
    }
    if (schema.type === 'array')
      return { ...schema, items: schema.items.$ref ? schema.items : object(schema.items, name) }
    if (schema.properties === undefined) return schema
    const fields = Object.keys(schema.properties)
    const comments = interfaces.find((one) => sameNames(one, fields))
    const properties = mapValues(schema.properties, (field, key) => {
      const description = words(name, key, comments)
      return { title: name === '' ? key : `${name}.${key}`, description, ...inner(field, name) }
    })
    return { ...schema, properties }
  }
  const inner = (field, name) => (field.$ref || field.const ? field : object(field, name))
  return {
    object: (schema, name) => ({
      ...object(schema, name),
      ...(abouts[name] === undefined ? {} : { title: name, description: abouts[name] }),
    }),
  }
}

/** Returns the interfaces of nodes.ts by name. */
function declarationsOf(source) {
  const file = ts.createSourceFile('nodes.ts', source, ts.ScriptTarget.Latest, true)
  return new Map(
    file.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]),
  )
}

/** Returns the description of each node: the comment of the interface that names its kind. */
function aboutsOf(declared) {
  const kindOfInterface = ({ members }) =>
    members.find(({ name }) => name.getText() === 'kind')?.type.literal?.text
  return Object.fromEntries(
    [...declared.values()]
      .map((one) => [kindOfInterface(one), commentOf(one)])
      .filter(([kind, comment]) => kind !== undefined && comment !== undefined),
  )
}

const sameNames = (comments, fields) => {
  const names = Object.keys(comments)
  const ours = fields.filter((field) => field !== '$schema')
  return names.length === ours.length && ours.every((field) => field in comments)
}

/** Returns the fields of each interface, own and inherited, each with its comment or undefined. */
function interfacesOf(declared) {
  const fieldsOf = (declaration) => {
    const inherited = (declaration.heritageClauses ?? [])
      .flatMap(({ types }) => types)
      .map((type) => declared.get(type.expression.getText()))
      .filter((parent) => parent !== undefined)
    const own = declaration.members.map((member) => [member.name.getText(), commentOf(member)])
    return Object.assign({}, ...inherited.map(fieldsOf), Object.fromEntries(own))
  }
  return [...declared.values()].map(fieldsOf)
}

function commentOf(member) {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc)
  const text = ts.getTextOfJSDocComment(doc?.comment)
  return text?.replace(/\s+/g, ' ').trim()
}

/** Returns the text about each field, by the sections of the manual. */
function rowsOf(manual) {
  const words = manual.replace(/ ?(?:<br>)?!\[\]\([^)]*\)/g, '')
  const sections = words.split(/^## /m).slice(1)
  return Object.fromEntries(
    sections.map((section) => {
      const name = section.split('\n', 1)[0].replaceAll('`', '')
      const rows = {}
      for (const [, names, value, fallback, notes] of section.matchAll(
        /^\| (`[^|]*`) \| ((?:\\\||[^|])*) \| ((?:\\\||[^|])*) \|((?:\\\||[^|])*)\|$/gm,
      )) {
        const said = notes.trim() === '' ? value.trim() : notes.trim()
        if (said === '') continue
        const byDefault = /^(needed|none|—.*|)$/.test(fallback.trim())
          ? ''
          : `. Default: ${fallback.trim()}`
        for (const [, field] of names.matchAll(/`([^`]+)`/g))
          rows[field] ??= capital(plain(said) + plain(byDefault))
      }
      return [name, rows]
    }),
  )
}

const plain = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll('\\|', '|')
    .trim()
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** Adds examples to every field that it accepts. */
function withExamples(schema) {
  const ajv = new Ajv2020({ strict: false })
  ajv.addSchema(schema, 'root')
  const visit = (one, pointer) => {
    if (typeof one !== 'object' || one === null) return one
    if (Array.isArray(one)) return one.map((part, i) => visit(part, `${pointer}/${i}`))
    const seen = Object.fromEntries(
      Object.entries(one).map(([key, value]) => {
        const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
        if (key === 'properties') {
          return [
            key,
            mapValues(value, (field, name) =>
              exampled(visit(field, `${at}/${name}`), `${at}/${name}`, name),
            ),
          ]
        }
        const isSchema = ['items', 'anyOf', 'oneOf', '$defs'].includes(key)
        if (!isSchema) return [key, value]
        return [
          key,
          key === '$defs'
            ? mapValues(value, (def, name) => visit(def, `${at}/${name}`))
            : visit(value, at),
        ]
      }),
    )
    return seen
  }
  const exampled = (field, pointer, name) => {
    if (field.const !== undefined) return { ...field, examples: [field.const] }
    const validate = ajv.getSchema(`root#${encodeURI(pointer)}`)
    const wanted = EXAMPLES[field.title] ?? EXAMPLES[name] ?? []
    const enums = field.enum ?? []
    const found = [...wanted, ...enums, ...CANDIDATES].filter((value) => validate(value))
    if (found.length === 0) throw new Error(`no example for ${pointer}: add one to EXAMPLES`)
    return { ...field, examples: wanted.length > 0 ? wanted : found.slice(0, 2) }
  }
  return visit(schema, '')
}

const CONTROLS = {
  each: {
    description: 'Repeats its nodes for each element of a list.',
    needed: { in: 'Expression that gives a list, without braces.', do: 'list' },
    optional: { as: 'Name of the element in `do`. Default `item`.' },
  },
  if: {
    description: 'Prints `then` if the test is true, else `else`.',
    needed: { test: 'Expression without braces.', then: 'list' },
    optional: { else: 'list' },
  },
  switch: {
    description:
      'Prints the case that a value names. A value without a case takes `else`, or is an error.',
    needed: { on: 'Expression without braces, whose value chooses the case.', cases: 'lists' },
    optional: { else: 'list' },
  },
  let: {
    description: 'Computes values and names them for the nodes in `do`.',
    needed: { set: 'expressions', do: 'list' },
    optional: {},
  },
  include: {
    description: 'Prints the nodes of a partial, which the program passes to `bind`.',
    needed: { partial: 'Name of the partial.' },
    optional: { with: 'expressions' },
  },
}
const CONTROL_EXAMPLES = {
  in: ['items'],
  as: ['item'],
  test: ['total > 0'],
  on: ['payment'],
  partial: ['header'],
  set: [{ net: 'total | minus: tax' }],
  with: [{ shop: 'shop.name' }],
}

/** Makes the schema of templates, in which settings may be expressions, and lists may contain loops and the like. */
function templateSchemaOf(receipt) {
  const lists = new Map()
  const listOf = (items) => {
    const id = JSON.stringify(items)
    if (!lists.has(id)) lists.set(id, { name: `list-${lists.size + 1}`, items })
    return `#/$defs/${lists.get(id).name}`
  }
  const expression = { $ref: '#/$defs/expression' }
  const change = (schema) =>
    mapSchema(schema, (one) => {
      const items = one.type === 'array' ? { ...one, items: { $ref: listOf(one.items) } } : one
      if (items.properties === undefined) return items
      return { ...items, properties: mapValues(items.properties, bindable) }
    })
  const bindable = (field, name) => {
    if (
      field.const !== undefined ||
      name === 'kind' ||
      name === '$schema' ||
      field.$ref !== undefined
    )
      return field
    const { title, description, examples, ...rest } = field
    const isFree = rest.type === 'string' && Object.keys(rest).length === 1
    if (isFree) return field
    return { title, description, examples, anyOf: [rest, expression] }
  }
  const { $defs, $id: _, title: __, description: ___, ...root } = receipt
  const changed = change(root)
  const defs = mapValues($defs, change)
  const nodes = {
    title: 'nodes',
    description: 'The nodes, printed under each other.',
    type: 'array',
    items: { $ref: listOf({ $ref: `#/$defs/${NODE}` }) },
    examples: receipt.properties.nodes.examples,
  }
  const named = {}
  for (const { name, items } of lists.values()) {
    named[name] = {
      anyOf: [items, ...Object.keys(CONTROLS).map((kind) => ({ $ref: `#/$defs/${name}-${kind}` }))],
    }
    for (const [kind, { description, needed, optional }] of Object.entries(CONTROLS)) {
      const list = { type: 'array', items: { $ref: `#/$defs/${name}` } }
      const fieldOf = (words, field) => {
        const about = { title: `${kind}.${field}`, description: words }
        if (words === 'list')
          return {
            ...about,
            description: 'Nodes, rows, cells or spans, like those in the list around.',
            ...list,
            examples: [[]],
          }
        if (words === 'lists')
          return {
            ...about,
            description: 'A list for each value.',
            type: 'object',
            additionalProperties: list,
            examples: [{}],
          }
        const examples = CONTROL_EXAMPLES[field]
        if (words === 'expressions')
          return {
            ...about,
            description: 'Expressions without braces, by name.',
            type: 'object',
            additionalProperties: { type: 'string' },
            examples,
          }
        return { ...about, type: 'string', examples }
      }
      named[`${name}-${kind}`] = {
        title: kind,
        description,
        type: 'object',
        properties: {
          kind: {
            title: `${kind}.kind`,
            description: WORDS.kind,
            type: 'string',
            const: kind,
            examples: [kind],
          },
          ...mapValues({ ...needed, ...optional }, fieldOf),
        },
        required: ['kind', ...Object.keys(needed)],
        additionalProperties: false,
      }
    }
  }
  const object = (title, description) => ({ title, description, type: 'object', examples: [{}] })
  return {
    $schema: receipt.$schema,
    $id: `${HOME}/template.schema.json`,
    title: 'xiaopiao template',
    description: 'A receipt with expressions in its texts and settings, and loops in its lists.',
    ...changed,
    properties: {
      ...changed.properties,
      nodes,
      data: {
        title: 'data',
        description: 'Describes the data that the template needs, with a sample.',
        type: 'object',
        properties: {
          schema: object(
            'data.schema',
            'JSON Schema by which the data are checked before printing.',
          ),
          sample: object('data.sample', 'Sample data for a preview of the template.'),
        },
        additionalProperties: false,
        examples: [{ sample: { shop: '老城面馆' } }],
      },
    },
    $defs: {
      expression: {
        title: 'expression',
        description: 'Text with an expression of Liquid.',
        type: 'string',
        pattern: '\\{\\{',
        examples: ['{{ vip }}'],
      },
      ...defs,
      ...named,
    },
  }
}
