/** Writes the declarations of dist/profiles/ID: all are alike, and bundling them one by one would take a minute. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const source = new URL('../src/profiles/', import.meta.url)
const target = new URL('../dist/profiles/', import.meta.url)

for (const file of readdirSync(source).filter((name) => name.endsWith('.ts'))) {
  const [, name] =
    /^export const (\w+): Profile\b/m.exec(readFileSync(new URL(file, source), 'utf8')) ?? []
  if (name === undefined) continue
  const id = file.slice(0, -3)
  for (const [types, script] of [
    ['d.ts', 'js'],
    ['d.cts', 'cjs'],
  ]) {
    const text = `import type { Profile } from '../index.${script}';\n\ndeclare const ${name}: Profile;\n\nexport { ${name} };\n`
    writeFileSync(new URL(`${id}.${types}`, target), text)
  }
}
