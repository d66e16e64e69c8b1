import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { receiptJsonSchema } from '../../src/index.js'
import { profileFields } from '../../src/profiles/index.js'
import { filters } from '../../src/template/filters/index.js'
import { bind } from '../../src/template/index.js'
import { root } from '../built.js'

/** Manuals whose Chinese page says all that the English one says. */
const MANUALS_IN_BOTH_LANGUAGES = [
  'receipt',
  'template',
  'writing',
  'printing',
  'testing',
  'troubleshooting',
  'vouchers',
  'hub',
]

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Names of fields in all objects of a JSON Schema. */
function fieldsOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found
  const { properties } = schema as { properties?: Record<string, unknown> }
  if (properties !== undefined) for (const name of Object.keys(properties)) found.add(name)
  for (const value of Object.values(schema)) fieldsOf(value, found)
  return found
}

/** Values of `kind` in all objects of a JSON Schema. */
function kindsOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found
  const { kind } = (schema as { properties?: { kind?: { const?: string } } }).properties ?? {}
  if (kind?.const !== undefined) found.add(kind.const)
  for (const value of Object.values(schema)) kindsOf(value, found)
  return found
}

function missing(text: string, names: Iterable<string>): string[] {
  return [...names].filter((name) => !text.includes(`\`${name}\``))
}

describe('the manuals name', () => {
  const schema = receiptJsonSchema()

  test.each(['docs/receipt.md', 'docs/receipt.zh-CN.md'])(
    'every node and field of receipts: %s',
    (page) => {
      const text = read(page)
      const kinds = kindsOf(schema)
      expect([...kinds].filter((kind) => !text.includes(`\n## \`${kind}\`\n`))).toEqual([])
      const fields = fieldsOf(schema)
      fields.delete('kind')
      expect(fields.size).toBeGreaterThan(30)
      expect(missing(text, fields)).toEqual([])
    },
  )

  test.each(['README.md', 'README.zh-CN.md'])('%s stays a first page', (readme) => {
    const lines = read(readme).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(120)
    expect(lines.filter((line) => /^(npm|`npm) (ci|install)/.test(line)).length).toBeGreaterThan(0)
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(read(readme)) ?? []
    // Wider code would scroll beside the picture.
    expect(Math.max(...code.split('\n').map(widthOf))).toBeLessThanOrEqual(64)
  })

  test('every field of profiles', () => {
    expect(missing(read('docs/profiles.md'), Object.keys(profileFields))).toEqual([])
  })

  test.each(['docs/template.md', 'docs/template.zh-CN.md'])(
    'every filter of templates: %s',
    (page) => {
      expect(missing(read(page), Object.keys(filters))).toEqual([])
    },
  )

  test.each(['docs/template.md', 'docs/template.zh-CN.md'])('what filters give: %s', (page) => {
    const rows = [...read(page).matchAll(/^\|.*\| `(\{\{.*\}\})` \| `([^`]+)`.*\|$/gm)]
    const given = rows.map(([, example = '', gives]) => {
      const template = { nodes: [{ kind: 'text', text: example.replaceAll('\\|', '|') }] }
      return [bind(template, {}).nodes[0], { kind: 'text', text: gives }]
    })
    expect(given.length).toBeGreaterThanOrEqual(4)
    for (const [node, said] of given) expect(node).toEqual(said)
  })

  test('every command and option', () => {
    const text = read('docs/cli.md')
    const source = readdirSync(join(root, 'src/cli'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(`src/cli/${file}`))
      .join('\n')
    const commands = [...source.matchAll(/command\('([\w-]+)/g)].map(([, name]) => name ?? '')
    const options = [...source.matchAll(/'(?:-\w, )?(--[a-z-]+)/g)].map(([, name]) => name ?? '')
    expect(commands.length).toBeGreaterThanOrEqual(6)
    const isNamed = (name: string) => new RegExp(`\`([\\w-]+ )?${name}[ \`]`).test(text)
    expect(commands.filter((name) => !isNamed(name))).toEqual([])
    expect(options.filter((name) => !text.includes(name))).toEqual([])
  })

  test('every dependency', () => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(read('package.json'))
    const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
    expect(missing(read('docs/dependencies.md'), names)).toEqual([])
  })
})

describe('the Chinese manuals', () => {
  const pages = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.zh-CN.md'))
    .map((name) => name.slice(0, -'.zh-CN.md'.length))

  test('cover what users need most', () => {
    expect(pages).toEqual(expect.arrayContaining(MANUALS_IN_BOTH_LANGUAGES))
  })

  test.each(pages)('%s and its twin name each other', (page) => {
    const firstLines = (path: string) => read(path).split('\n').slice(0, 4).join('\n')
    expect(firstLines(`docs/${page}.md`)).toContain(`](${page}.zh-CN.md)`)
    expect(firstLines(`docs/${page}.zh-CN.md`)).toContain(`](${page}.md)`)
  })

  test.each(MANUALS_IN_BOTH_LANGUAGES)('%s has the code, names and tables of its twin', (page) => {
    const [english, chinese] = [read(`docs/${page}.md`), read(`docs/${page}.zh-CN.md`)]
    expect(namesIn(english).size).toBeGreaterThan(10)
    expect([...namesIn(english)].filter((name) => !namesIn(chinese).has(name))).toEqual([])
    expect(codeIn(chinese)).toEqual(codeIn(english))
    expect(tablesIn(chinese)).toEqual(tablesIn(english))
  })
})

/** Names in backquotes, without the blocks of code. */
function namesIn(page: string): Set<string> {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, '')
  return new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name ?? ''))
}

/** Blocks of code without their comments, which are in the language of the page. */
function codeIn(page: string): string[] {
  const blocks = [...page.matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block)
  return blocks.map((block) => block.replace(/ \/\/ .*$/gm, ''))
}

/** Numbers of rows of the tables. */
function tablesIn(page: string): number[] {
  return [...page.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.split('\n').length - 1)
}

/** Cells of a line: Chinese characters take two. */
function widthOf(line: string): number {
  return [...line].reduce((cells, character) => cells + (character > '\u2e80' ? 2 : 1), 0)
}

const documents = [
  ...['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** What a link calls a heading: lower case, hyphens for blanks, no punctuation. */
const anchorsOf = (page: string) =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

test('links to headings lead to one', () => {
  for (const document of documents) {
    const links = read(document).matchAll(/\]\(((?:[^)#:]*\.md)?)#([^)]+)\)/g)
    for (const [, path = '', anchor] of links) {
      const target = path === '' ? document : join(document, '..', path)
      expect({ document, anchors: anchorsOf(read(target)) }).toEqual({
        document,
        anchors: expect.arrayContaining([anchor]),
      })
    }
  }
})

test('links between the documents lead somewhere', () => {
  const there = new Set(readdirSync(root, { recursive: false, encoding: 'utf8' }))
  for (const document of documents) {
    const base = document.startsWith('docs/') ? 'docs' : '.'
    // Without code, because the text form writes its codes as Markdown writes links.
    const prose = read(document).replace(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '')
    for (const [, link = ''] of prose.matchAll(/(?:\]\(|src=")([^)#":]+)[)#"]/g)) {
      const path = join(base, link)
      const isThere = path.startsWith('docs/')
        ? existsSync(join(root, path))
        : there.has(path.split('/')[0] as string)
      expect({ document, link, isThere }).toEqual({ document, link, isThere: true })
    }
  }
})
