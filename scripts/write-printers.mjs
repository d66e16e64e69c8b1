/** `npm run docs:printers`: writes docs/printers.md from the profiles. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('npx', ['vitest', 'run', 'test/profiles/printers-doc.test.ts'], {
  env: { ...process.env, UPDATE_DOCS: '1' },
  stdio: 'inherit',
})
process.exit(status ?? 1)
