import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** The entries of the build but for transports and profiles, each of which has a row of its own. */
const entries = [...read('tsup.config.ts').matchAll(/^ {2}'?([a-z/-]+)'?: 'src\/[^']+',$/gm)]
  .map(([, name]) => name)
  .filter((name) => name !== 'index')

it.each(['docs/imports.md', 'docs/imports.zh-CN.md'])(
  '%s names each module that can be imported',
  (path) => {
    const text = read(path)
    expect(entries).toContain('discovery')
    expect(entries.filter((name) => !text.includes(`\`xiaopiao/${name}\``))).toEqual([])
  },
)
