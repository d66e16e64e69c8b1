/** Loads the bundled generator in Node when the first symbol asks for it: most receipts have none, and it is large. */

import { createRequire } from 'node:module'
import type { generateSymbol as GenerateSymbol } from './generator.bundled.js'

let generate: typeof GenerateSymbol | undefined

export const generateSymbol: typeof GenerateSymbol = (name, options, drawing) => {
  generate ??= loadBundled()
  generate(name, options, drawing)
}

function loadBundled(): typeof GenerateSymbol {
  const load = createRequire(import.meta.url)
  return (load('./bundled.cjs') as { generateSymbol: typeof GenerateSymbol }).generateSymbol
}
