/** `npm run docs:fields`: draws the pictures of docs/receipt.md from fixtures/fields.json. Look at them before committing. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('npx', ['vitest', 'run', 'test/elements/field-pictures.test.ts'], {
  env: { ...process.env, UPDATE_DOCS: '1' },
  stdio: 'inherit',
})
process.exit(status ?? 1)
