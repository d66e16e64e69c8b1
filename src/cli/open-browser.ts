/**
 * Opens a page in the user's browser. Without a browser it does nothing, because the address was printed already.
 */

import { spawn } from 'node:child_process'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

export function openInBrowser(url: string): void {
  const [program = 'xdg-open', ...before] = openers[process.platform] ?? []
  const child = spawn(program, [...before, url], { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}
