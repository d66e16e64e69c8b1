/**
 * Makes one program of the examples of the public API: each becomes a function that runs it and keeps its values. A line
 * `expression // value` claims that the expression has the value; the function returns the claims, and a test compares them. An example
 * that begins with `// not run: ` and a reason, such as a server that it needs, is only compiled.
 */
import ts from 'typescript'
import { publicApi } from './public-api.mjs'

/** Values that an example may use without making them, because the same few lines in each example would hide its subject. */
export const given = {
  profile: { code: 'const profile = generic58', uses: ['generic58'] },
  receipt: { code: "const receipt = { nodes: [text('合计 ¥12.50')] }", uses: ['text'] },
  bytes: {
    code: 'const { bytes } = compile(receipt, { profile })',
    uses: ['compile', 'receipt', 'profile'],
  },
  paper: {
    code: 'const paper = printBytes(bytes, profile)',
    uses: ['printBytes', 'bytes', 'profile'],
  },
  pixels: {
    code: 'const pixels = { widthPx: 16, heightPx: 8, data: Uint8Array.from({ length: 512 }, (_, i) => (i % 4 === 3 ? 255 : 0)) }',
    uses: [],
  },
  bitmap: {
    code: 'const bitmap = imageToBitmap(pixels, { maxWidthDots: 384 })',
    uses: ['imageToBitmap', 'pixels'],
  },
  context: {
    code: "const context = { metrics: metricsOf(profile), charset: charsetOf(profile), onUnsupported: 'substitute', report: () => {} } as const",
    uses: ['metricsOf', 'charsetOf', 'profile'],
  },
  trade: {
    code: "const trade = { type: 'sale', kind: 'cash', fen: 5100, tenderedFen: 10000, at: '2026-11-23T12:02:17+08:00', terminal: '10023456', operator: '01' } as const",
    uses: [],
  },
  archive: {
    code: "const archive = await createArchive('vouchers.db')",
    uses: ['createArchive'],
  },
  id: {
    code: "const { id } = await archive.add(trade, { now: new Date('2026-11-23T12:02:18+08:00') })",
    uses: ['archive', 'trade'],
  },
  record: {
    code: 'const record = (await archive.get(id)) as VoucherRecord',
    uses: ['archive', 'id', 'VoucherRecord'],
  },
  journal: { code: 'const journal = memoryJournal()', uses: ['memoryJournal'] },
  device: {
    code: "const device = { id: '1', name: 'Printer001' } as unknown as BluetoothDevice",
    uses: ['BluetoothDevice'],
  },
  port: { code: 'const port = {} as WebSerialPort', uses: ['WebSerialPort'] },
  usbDevice: {
    code: "const usbDevice = { bus: '1', ports: [2, 4], configurations: [{ configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternates: [{ alternateSetting: 0, interfaceClass: 7, interfaceProtocol: 2, endpoints: [{ endpointNumber: 1, direction: 'out', type: 'bulk', packetSize: 64 }] }] }] }] } as unknown as UsbDevice",
    uses: ['UsbDevice'],
  },
  printer: {
    code: "const printer = openPrinter('tcp://192.168.1.50', { profile, journal })",
    uses: ['openPrinter', 'profile', 'journal'],
  },
}

/** @returns TypeScript that exports `examples`: the name and place of each, and a function that returns its claims. */
export function exampleProgram() {
  const api = publicApi()
  // A small entry has functions of the same names. An example uses those of the first entry that exports the name.
  const named = api.map(({ name, entries: [entry], kind }) => [name, { entry, kind }])
  const places = new Map([...named].reverse())
  const imports = new Map()
  const bodies = api
    .filter(({ kind }) => kind === 'function' || kind === 'class')
    .filter(({ name, entries: [entry] }) => places.get(name)?.entry === entry)
    .flatMap(({ name, examples, file, line }) =>
      examples.map((example) => {
        const before = prelude(example, places, imports)
        return [
          `  { name: ${JSON.stringify(name)}, at: '${file}:${line}', runs: ${!example.startsWith('// not run: ')}, run: async ({ printerUri, printerPort }: Printer) => {`,
          '    const claims: [unknown, unknown][] = []',
          ...[...before, ...withClaims(example).split('\n')].map((one) => `    ${redirected(one)}`),
          '    return claims',
          '  } },',
        ].join('\n')
      }),
    )
  const lines = [...imports].map(([entry, names]) => {
    const path = entry === '' ? 'xiaopiao' : `xiaopiao/${entry}`
    return `import { ${[...names].sort().join(', ')} } from '${path}'`
  })
  return `${lines.join('\n')}\n\ninterface Printer { readonly printerUri: string; readonly printerPort: number }\n\nexport const examples = [\n${bodies.join('\n')}\n]\n`
}

/** Replaces the address of a printer in a shop's network by that of the virtual printer that the runner has started. */
function redirected(code) {
  return code
    .replaceAll(/'tcp:\/\/192\.168\.1\.50(?::9100)?'/g, 'printerUri')
    .replaceAll("{ host: '192.168.1.50' }", "{ host: '127.0.0.1', port: printerPort }")
}

/** Returns the code of the given values that an example uses, in order, and adds the imports of both to `imports`. */
function prelude(code, places, imports) {
  const before = []
  const seen = new Set()
  const need = (name) => {
    if (seen.has(name)) return
    seen.add(name)
    if (Object.hasOwn(given, name)) {
      for (const used of given[name].uses) need(used)
      before.push(given[name].code)
      return
    }
    const place = /^(generic|safe)\d+$/.test(name)
      ? { entry: 'profiles', kind: 'constant' }
      : places.get(name)
    if (place === undefined) return
    const text = place.kind === 'type' ? `type ${name}` : name
    imports.set(place.entry, (imports.get(place.entry) ?? new Set()).add(text))
  }
  for (const name of freeNames(code)) need(name)
  return before
}

/** Finds the names that the code uses and does not declare. */
function freeNames(code) {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const declared = new Set()
  const used = new Set()
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node
      const declares =
        (ts.isVariableDeclaration(parent) ||
          ts.isBindingElement(parent) ||
          ts.isParameter(parent)) &&
        parent.name === node
      const isName =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node)
      if (declares) declared.add(node.text)
      else if (!isName) used.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...used].filter((name) => !declared.has(name))
}

/** Turns each statement `expression // value` into a claim. */
function withClaims(code) {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const edits = []
  const visit = (node) => {
    if (ts.isExpressionStatement(node)) {
      const [comment] = ts.getTrailingCommentRanges(code, node.getEnd()) ?? []
      if (comment !== undefined) {
        const value = code.slice(comment.pos + 2, comment.end).trim()
        const expression = code.slice(node.getStart(source), node.getEnd())
        edits.push([
          node.getStart(source),
          comment.end,
          `claims.push([${expression}, ${value === '?' ? 'undefined' : value}])`,
        ])
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  let text = code
  for (const [from, to, put] of edits.reverse()) text = text.slice(0, from) + put + text.slice(to)
  return text
}
