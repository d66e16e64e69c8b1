/** `npm run docs:commands`: writes docs/commands.md from the command table. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('npx', ['vitest', 'run', 'test/emulator/commands-doc.test.ts'], {
  env: { ...process.env, UPDATE_DOCS: '1' },
  stdio: 'inherit',
})
process.exit(status ?? 1)
