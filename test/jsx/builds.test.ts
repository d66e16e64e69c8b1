/** The same file of JSX by esbuild, tsc, swc and Vite, for use and for development: the same tree. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transform as swc } from '@swc/core'
import { transform as esbuild } from 'esbuild'
import ts from 'typescript'
import { build as viteBuild } from 'vite'
import { expect, it } from 'vitest'
import { receiptOf } from '../../src/jsx/index.js'
import * as development from '../../src/jsx/jsx-dev-runtime.js'
import * as runtime from '../../src/jsx/jsx-runtime.js'
import type { ReceiptError } from '../../src/model/errors.js'
import type { Bill, Tags } from './bill.js'
import { built, builtTags, sale } from './sale.js'

const path = fileURLToPath(new URL('bill.tsx', import.meta.url))
const source = readFileSync(path, 'utf8')

type Compile = (source: string, isDevelopment: boolean) => Promise<string>

const compilers: Readonly<Record<string, Compile>> = {
  esbuild: async (text, jsxDev) => {
    const jsx = { jsx: 'automatic', jsxDev, jsxImportSource: 'xiaopiao' } as const
    return (await esbuild(text, { ...jsx, loader: 'tsx', format: 'cjs', sourcefile: 'bill.tsx' }))
      .code
  },
  tsc: async (text, isDevelopment) => {
    const jsx = isDevelopment ? ts.JsxEmit.ReactJSXDev : ts.JsxEmit.ReactJSX
    const module = ts.ModuleKind.CommonJS
    const compilerOptions = {
      jsx,
      module,
      jsxImportSource: 'xiaopiao',
      target: ts.ScriptTarget.ES2022,
    }
    return ts.transpileModule(text, { compilerOptions, fileName: 'bill.tsx' }).outputText
  },
  swc: async (text, isDevelopment) => {
    const react = {
      runtime: 'automatic',
      importSource: 'xiaopiao',
      development: isDevelopment,
    } as const
    const jsc = {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react },
      target: 'es2022',
    } as const
    return (await swc(text, { jsc, module: { type: 'commonjs' }, filename: 'bill.tsx' })).code
  },
  vite: async (text, isDevelopment) => {
    const jsx = {
      runtime: 'automatic',
      importSource: 'xiaopiao',
      development: isDevelopment,
    } as const
    const given = {
      name: 'given',
      load: (id: string) => (id === path ? text : undefined),
    }
    const [output] = (await viteBuild({
      ...{ configFile: false, logLevel: 'silent', plugins: [given], oxc: { jsx } },
      build: {
        ...{ write: false, minify: false },
        lib: { entry: path, formats: ['cjs'] },
        rollupOptions: { external: [/^xiaopiao\//] },
      },
    })) as { output: { code: string }[] }[]
    return output?.output[0]?.code ?? ''
  },
}

interface Components {
  readonly Bill: typeof Bill
  readonly Tags: typeof Tags
}

/** Runs a CommonJS module whose only imports are the runtimes. */
function load(code: string): Components {
  const module = { exports: {} as Components }
  const modules: Readonly<Record<string, unknown>> = {
    'xiaopiao/jsx-runtime': runtime,
    'xiaopiao/jsx-dev-runtime': development,
  }
  const require = (name: string) => {
    if (modules[name] === undefined) throw new Error(`the build imports ${name}`)
    return modules[name]
  }
  new Function('require', 'module', 'exports', code)(require, module, module.exports)
  return module.exports
}

for (const [name, compile] of Object.entries(compilers)) {
  it(`${name} gives the tree of the builders`, async () => {
    const code = await compile(source, false)
    expect(code).toContain('xiaopiao/jsx-runtime')
    const { Bill, Tags } = load(code)
    expect(receiptOf(Bill({ sale }))).toEqual(built)
    expect(receiptOf(Tags({ sale }))).toEqual(builtTags)
  })

  it(`${name} gives it with the development runtime too, which names the line of a mistake`, async () => {
    const code = await compile(source, true)
    expect(code).toContain('xiaopiao/jsx-dev-runtime')
    const { Bill, Tags } = load(code)
    expect(receiptOf(Bill({ sale }))).toEqual(built)
    expect(receiptOf(Tags({ sale }))).toEqual(builtTags)
    const mistakes: readonly (readonly [string, string, string])[] = [
      ['size={2}', 'size={9}', '<text> size: expected a whole number from 1 to 8, found 9'],
      ['level="Q"', 'levle="Q"', '<qr> levle: unknown field "levle"'],
      ['<feed lines={2} />', '<feeed lines={2} />', 'there is no element <feeed>'],
      ['<feed lines={2} />', '<feed>a</feed>', '<feed> cannot hold text'],
      ['border="double"', 'border="treble"', '<box> border: expected'],
      ['span={2}', 'span={40}', '<columns> footer[0].span: expected a whole number from 1 to 32'],
    ]
    for (const [right, wrong, message] of mistakes) {
      const error = await compile(source.replace(right, wrong), true)
        .then((broken) => {
          const { Bill, Tags } = load(broken)
          receiptOf(Bill({ sale }))
          receiptOf(Tags({ sale }))
        })
        .then(() => undefined)
        .catch((cause: ReceiptError) => cause)
      const line = source.slice(0, source.indexOf(right)).split('\n').length
      expect([error?.code, error?.path]).toEqual([
        'JSX_INVALID',
        expect.stringMatching(new RegExp(`bill\\.tsx:${line}(:\\d+)?$`)),
      ])
      expect(error?.message).toContain(message)
    }
  })
}
