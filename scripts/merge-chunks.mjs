/**
 * Joins the chunks of which `xiaopiao` consists. Esbuild makes a chunk for each set of entries that share modules. For a hundred entries
 * that is a file for every few modules, and Node takes longer to find and link twenty files than to read their code.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { build } from 'esbuild'

const STATIC_IMPORT = /^import \{([^}]*)\} from "(\.[^"]+)";\n/gm
const DYNAMIC_IMPORT = /\bimport\("(\.[^"]+)"\)/g
const SOURCE = /^\/\/ (src\/\S+|node_modules\/\S+)$/gm

/** Sources that are not joined into the core: the room `model`, and the data that profiles are spread from. */
const MODEL = /^src\/(model\/|profiles\/(generic-base|page-sets)\.ts$)/

/**
 * @param dist folder of the build, with a slash at its end
 * @param entry the entry whose chunks are joined: `index.js`
 */
export async function mergeChunks(dist, entry) {
  const names = readdirSync(dist, { recursive: true }).map((file) => file.replaceAll('\\', '/'))
  const files = new Map()
  for (const file of names.filter((name) => name.endsWith('.js'))) {
    files.set(file, readFileSync(dist + file, 'utf8'))
  }
  const chunks = [...closureOf(entry, files)].filter((file) => file.startsWith('chunk-'))
  // Transports need only the room `model`, and profiles also their base. Neither must load the rest of the core for that.
  const isModel = (chunk) =>
    [...files.get(chunk).matchAll(SOURCE)].every(([, path]) => MODEL.test(path))
  const groups = { 'chunk-model.js': chunks.filter(isModel) }
  groups['chunk-core.js'] = chunks.filter((chunk) => !isModel(chunk))

  for (const [target, members] of Object.entries(groups)) {
    const wanted = exportsWanted(members, files)
    await join({ dist, target, members, wanted })
    for (const chunk of members) {
      files.delete(chunk)
      rmSync(dist + chunk)
    }
    for (const [file, text] of files) {
      const pointed = pointTo(file, text, target, wanted)
      files.set(file, pointed)
      writeFileSync(dist + file, pointed)
    }
    files.set(target, readFileSync(dist + target, 'utf8'))
  }
}

function targetOf(file, path) {
  return posix.join(posix.dirname(file), path)
}

function closureOf(entry, files) {
  const seen = new Set()
  const visit = (file) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, , path] of files.get(file).matchAll(STATIC_IMPORT)) visit(targetOf(file, path))
  }
  visit(entry)
  return seen
}

/** Reads a list of imports or exports: `a as b` becomes `['a', 'b']`. */
function specifiersOf(list) {
  const parts = list.split(',').map((part) => part.trim())
  return parts.filter(Boolean).map((part) => {
    const [name, alias = name] = part.split(' as ')
    return [name, alias]
  })
}

/** Finds for each member the exports that other files import, with a name that no other member's export has. */
function exportsWanted(members, files) {
  const wanted = new Map(members.map((chunk) => [chunk, new Map()]))
  const taken = new Set()
  for (const [file, text] of files) {
    if (members.includes(file)) continue
    for (const [, path] of text.matchAll(DYNAMIC_IMPORT)) {
      const chunk = targetOf(file, path)
      if (members.includes(chunk))
        throw new Error(`${file} imports ${chunk}, which is to be joined`)
    }
    for (const [, list, path] of text.matchAll(STATIC_IMPORT)) {
      const names = wanted.get(targetOf(file, path))
      if (names === undefined) continue
      for (const [name] of specifiersOf(list)) {
        if (names.has(name)) continue
        let unique = name
        for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`
        taken.add(unique)
        names.set(name, unique)
      }
    }
  }
  return wanted
}

async function join({ dist, target, members, wanted }) {
  const inside = new Set(members)
  const lines = [...wanted].map(([chunk, names]) => {
    const list = [...names].map(([name, unique]) => `${name} as ${unique}`)
    return `export { ${list.join(', ')} } from './${chunk}'`
  })
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: dist },
    outfile: dist + target,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [
      {
        name: 'members',
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ path }) =>
            inside.has(path.replace(/^\.\//, '')) ? undefined : { path, external: true },
          )
        },
      },
    ],
  })
}

/** Returns the text of a file with its imports of members replaced by imports of the joined file. */
function pointTo(file, text, target, wanted) {
  return text.replace(STATIC_IMPORT, (line, list, path) => {
    const names = wanted.get(targetOf(file, path))
    if (names === undefined) return line
    const relative = posix.relative(posix.dirname(file), target)
    const parts = specifiersOf(list).map(([name, alias]) => `${names.get(name)} as ${alias}`)
    return `import { ${parts.join(', ')} } from "${relative.startsWith('.') ? relative : `./${relative}`}";\n`
  })
}
