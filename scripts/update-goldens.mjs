/** `npm run goldens`: rewrites the goldens. Read the diff, and look at the pictures, before committing them. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/goldens', 'test/vouchers/slips.test.ts'],
  {
    env: { ...process.env, UPDATE_GOLDENS: '1' },
    stdio: 'inherit',
  },
)
process.exit(status ?? 1)
