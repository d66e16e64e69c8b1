/** Writes src/profiles/list.gen.ts: every profile of the folder, the generic ones first. Run it after adding a file. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../src/profiles/', import.meta.url)
const first = (id) => (/^generic-(58|80)/.test(id) ? 0 : id.startsWith('safe-') ? 1 : 2)

const found = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const id = file.slice(0, -3)
    const source = readFileSync(new URL(file, folder), 'utf8')
    return { id, name: /^export const (\w+): Profile\b/m.exec(source)?.[1] }
  })
  .filter(({ name }) => name !== undefined)
  .sort((a, b) => first(a.id) - first(b.id) || (a.id < b.id ? -1 : 1))

const imports = [...found]
  .sort((a, b) => (a.id < b.id ? -1 : 1))
  .map(({ id, name }) => `import { ${name} } from './${id}.js'\n`)

writeFileSync(
  new URL('list.gen.ts', folder),
  `/** All profiles, the generic ones first. Written by scripts/generate-profile-list.mjs. */
import type { Profile } from '../model/profile.js'
${imports.join('')}
export const profiles: readonly Profile[] = [
${found.map(({ name }) => `  ${name},\n`).join('')}]
`,
)
