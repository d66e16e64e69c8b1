/** Finds the package's data files in Node. */

/**
 * Yields the paths at which a file may be, the most likely first: beside the module; beside the program, because a bundle in CommonJS does
 * not know its own path; and in the package, as the program would resolve it.
 * @param here `import.meta.url` of the module; undefined in a bundle without it
 * @param folders folders to try, relative to the module or the program: `./glyph-data/`
 * @param file path of the file below each folder
 */
export function* packageFiles(
  here: string | undefined,
  folders: readonly string[],
  file: string,
): Generator<string> {
  const { fileURLToPath, pathToFileURL } = process.getBuiltinModule('node:url')
  const program = process.argv[1]
  const bases = [here, program === undefined ? undefined : pathToFileURL(program)]
  for (const base of bases) {
    if (base === undefined) continue
    for (const folder of folders) yield fileURLToPath(new URL(folder + file, base))
  }
  const found = program === undefined ? undefined : packageFrom(program)
  if (found !== undefined) {
    for (const folder of folders) yield fileURLToPath(new URL(`dist/${folder}${file}`, found))
  }
}

function packageFrom(program: string): URL | undefined {
  const { createRequire } = process.getBuiltinModule('node:module')
  const { pathToFileURL } = process.getBuiltinModule('node:url')
  try {
    return pathToFileURL(createRequire(program).resolve('xiaopiao/package.json'))
  } catch {
    return undefined
  }
}
