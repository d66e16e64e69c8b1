/**
 * Loads the bundled generator in Node when the first symbol asks for it, because it is large and most receipts do
 * without it.
 */

import { XiaopiaoError } from '../model/errors.js'
import { packageFiles } from '../model/package-files.node.js'
import type { generateSymbol as GenerateSymbol } from './generator.bundled.js'

let generate: typeof GenerateSymbol | undefined

export const generateSymbol: typeof GenerateSymbol = (name, options, drawing) => {
  generate ??= loadBundled()
  generate(name, options, drawing)
}

const FOLDERS = ['./', './symbol-generator/']

function loadBundled(): typeof GenerateSymbol {
  // Node's modules are not imported, because that would slow down every start-up.
  const { existsSync } = process.getBuiltinModule('node:fs')
  const { createRequire } = process.getBuiltinModule('node:module')
  for (const path of packageFiles(import.meta.url, FOLDERS, 'bundled.cjs')) {
    if (!existsSync(path)) continue
    const load = createRequire(path)
    return (load(path) as { generateSymbol: typeof GenerateSymbol }).generateSymbol
  }
  throw new XiaopiaoError('the generator of symbols is missing', {
    code: 'SYMBOL_GENERATOR_MISSING',
    hint: 'keep xiaopiao external in your bundler, or copy its dist/symbol-generator folder beside the bundle',
  })
}
