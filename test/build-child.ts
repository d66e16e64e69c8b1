/** A program of the tests in one file, so that it starts fast in a process of its own. */

import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The programs print bytes; the compiler is loaded for receipts alone. */
const NOT_NEEDED: readonly string[] = ['*/compile.js', 'serialport', 'usb', 'sharp']

/** Builds the program into the folder and gives its path. */
export async function buildChild(
  source: URL,
  folder: string,
  external: readonly string[] = NOT_NEEDED,
): Promise<string> {
  const path = fileURLToPath(source)
  const outfile = join(folder, `${basename(path, '.ts')}.mjs`)
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: [...external],
    logLevel: 'error',
  })
  return outfile
}
