/** Loads the bundled generator in Node when the first symbol asks for it: most receipts have none, and it is large. */

import type { generateSymbol as GenerateSymbol } from './generator.bundled.js'

let generate: typeof GenerateSymbol | undefined

export const generateSymbol: typeof GenerateSymbol = (name, options, drawing) => {
  generate ??= loadBundled()
  generate(name, options, drawing)
}

/** Beside this module, or in its folder below the chunk that a CommonJS build makes of it. */
const places = ['./bundled.cjs', './symbol-generator/bundled.cjs']

function loadBundled(): typeof GenerateSymbol {
  // Not imported: at import they would cost every start-up.
  const { existsSync } = process.getBuiltinModule('node:fs')
  const load = process.getBuiltinModule('node:module').createRequire(import.meta.url)
  const place = places.find((file) => existsSync(new URL(file, import.meta.url))) ?? './bundled.cjs'
  return (load(place) as { generateSymbol: typeof GenerateSymbol }).generateSymbol
}
