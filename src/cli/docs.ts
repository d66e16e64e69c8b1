/**
 * `xiaopiao docs`: prints the pages of the manual. The package contains them, because a machine with a terminal may
 * have no browser.
 */

import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { didYouMean } from '../model/nearest-names.js'
import { inputError } from './fail.js'

/** The folder `docs`, relative to `dist` of the package, in which the build puts this command, or to `src/cli`. */
const FOLDER = ['../docs/', '../../docs/']
  .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
  .find((folder) => existsSync(folder)) as string

export function addDocs(program: Command): void {
  program
    .command('docs')
    .argument('[page]', 'its name, such as receipt')
    .description('list the pages of the manual, or print one (Markdown)')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao docs
  xiaopiao docs receipt | less`,
    )
    .action(async (page: string | undefined) => {
      const pages = await pagesOf()
      process.stdout.write(page === undefined ? list(pages) : await textOf(page, pages))
    })
}

async function pagesOf(): Promise<readonly string[]> {
  const files = await readdir(FOLDER).catch(() => [])
  return files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3))
}

function list(pages: readonly string[]): string {
  return `${pages.join('\n')}\n\nxiaopiao docs PAGE prints one; the files are in ${FOLDER}\n`
}

async function textOf(page: string, pages: readonly string[]): Promise<string> {
  const name = page.replace(/^docs\//, '').replace(/\.md$/, '')
  if (pages.includes(name)) return readFile(`${FOLDER}${name}.md`, 'utf8')
  throw inputError(
    'DOCS_PAGE_UNKNOWN',
    `the manual has no page ${page}`,
    didYouMean(name, pages) ?? `the pages are ${pages.join(', ')}`,
  )
}
