/** Writes the declarations of dist/profiles/ID: all are alike, and bundling them one by one would take a minute. */
import { writeFileSync } from 'node:fs'
import { profileFiles } from './profile-files.mjs'

const target = new URL('../dist/profiles/', import.meta.url)

for (const { id, name } of profileFiles()) {
  for (const [types, script] of [
    ['d.ts', 'js'],
    ['d.cts', 'cjs'],
  ]) {
    const text = `import type { Profile } from '../index.${script}';\n\ndeclare const ${name}: Profile;\n\nexport { ${name} };\n`
    writeFileSync(new URL(`${id}.${types}`, target), text)
  }
}
