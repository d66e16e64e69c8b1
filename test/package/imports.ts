/** The graph of imports in `src`: circles, and chains in which a circle counts as one file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

/** Files by path from the root of `source`; their imports of values and types, static and on demand. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>

export function readImports(source: string): ImportGraph {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
  return new Map(files.map((file) => [file, importsOf(source, file)]))
}

function importsOf(source: string, file: string): ReadonlySet<string> {
  const text = readFileSync(join(source, file), 'utf8')
  const found = new Set<string>()
  for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
    if (!fileName.startsWith('.')) continue
    const path = relative(source, join(source, dirname(file), fileName)).replaceAll('\\', '/')
    const base = path.replace(/\.js$/, '')
    const target = [`${base}.ts`, `${base}.d.ts`].find((one) => existsSync(join(source, one)))
    if (target !== undefined && target !== file) found.add(target)
  }
  return found
}

/** Strongly connected components (Tarjan), those that are imported before those that import them. */
export function components(graph: ImportGraph): readonly (readonly string[])[] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const visit = (file: string): number => {
    const at = order.size
    order.set(file, at)
    lowest.set(file, at)
    open.push(file)
    for (const next of graph.get(file) ?? []) {
      const reached = order.has(next)
        ? open.includes(next)
          ? (order.get(next) as number)
          : at
        : visit(next)
      lowest.set(file, Math.min(lowest.get(file) as number, reached))
    }
    if (lowest.get(file) === at) found.push(open.splice(open.indexOf(file)).sort())
    return lowest.get(file) as number
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return found
}

/** The longest chain, from the file that imports to the one that imports none; a circle stands for one file. */
export function longestChain(graph: ImportGraph): readonly string[] {
  const chains = new Map<string, readonly string[]>()
  let longest: readonly string[] = []
  for (const files of components(graph)) {
    let below: readonly string[] = []
    for (const next of files.flatMap((file) => [...(graph.get(file) ?? [])])) {
      const chain = files.includes(next) ? [] : (chains.get(next) ?? [])
      if (chain.length > below.length) below = chain
    }
    const chain = [files.join(' + '), ...below]
    for (const file of files) chains.set(file, chain)
    if (chain.length > longest.length) longest = chain
  }
  return longest
}
