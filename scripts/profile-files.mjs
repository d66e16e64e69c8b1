/** Lists the files of src/profiles that contain a profile, one model each. Scripts, the build and a test use this list. */
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../src/profiles/', import.meta.url)

/**
 * Returns `{ id, name, path }` of each file: `epson/tm-t88v.ts` has `export const epsonTmT88v: Profile`, whose id is `epson-tm-t88v`. Folders are
 * makers; the profiles beside them, such as `generic-58.ts`, belong to no maker.
 */
export function profileFiles() {
  return readdirSync(folder, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .map((path) => ({ path, id: path.slice(0, -3).replace('/', '-'), name: exportOf(path) }))
    .filter(({ name }) => name !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function exportOf(path) {
  return /^export const (\w+): Profile\b/m.exec(readFileSync(new URL(path, folder), 'utf8'))?.[1]
}
