/** A Chromium for the tests: the one that a variable names, that is installed, or that Playwright has downloaded. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'chrome', 'google-chrome', 'google-chrome-stable']

/** Its path; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM
  if (named !== undefined) return named
  for (const name of names) {
    const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  const downloaded = chromium.executablePath()
  return existsSync(downloaded) ? downloaded : undefined
}
