/** The generator of symbols outside Node, which `preload('symbols')` sets here. */

import type { generateSymbol as GenerateSymbol } from '#symbol-generator'
import { dataNotLoaded } from '../model/data-not-loaded.js'

let generate: typeof GenerateSymbol | undefined

export function setGenerator(generator: typeof GenerateSymbol): void {
  generate = generator
}

export const generateSymbol: typeof GenerateSymbol = (name, options, drawing) => {
  if (generate === undefined) throw dataNotLoaded(`a symbol ${name}`, 'symbols')
  generate(name, options, drawing)
}
