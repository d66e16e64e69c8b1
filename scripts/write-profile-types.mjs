/** Writes the declarations of dist/profiles/ID itself, because all are alike, and bundling them one by one would take a minute. */
import { writeFileSync } from 'node:fs'
import { profileFiles } from './profile-files.mjs'

const target = new URL('../dist/profiles/', import.meta.url)

for (const { id, name } of profileFiles()) {
  const text = `import type { Profile } from '../index.js';\n\ndeclare const ${name}: Profile;\n\nexport { ${name} };\n`
  writeFileSync(new URL(`${id}.d.ts`, target), text)
}
