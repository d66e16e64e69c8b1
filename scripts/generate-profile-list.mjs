/** Writes src/profiles/list.gen.ts: every profile of the folder, the generic ones first. Run it after adding a file. */
import { writeFileSync } from 'node:fs'
import { profileFiles } from './profile-files.mjs'

const first = (id) => (/^generic-(58|80)/.test(id) ? 0 : id.startsWith('safe-') ? 1 : 2)

const files = profileFiles()
const imports = files.map(({ name, path }) => {
  return `import { ${name} } from './${path.replace(/\.ts$/, '.js')}'\n`
})
const listed = [...files].sort((a, b) => first(a.id) - first(b.id) || (a.id < b.id ? -1 : 1))

writeFileSync(
  new URL('../src/profiles/list.gen.ts', import.meta.url),
  `/** All profiles, the generic ones first. Written by scripts/generate-profile-list.mjs. */
import type { Profile } from '../model/profile.js'
${imports.join('')}
export const profiles: readonly Profile[] = [
${listed.map(({ name }) => `  ${name},\n`).join('')}]
`,
)
