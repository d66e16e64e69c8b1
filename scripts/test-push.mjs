/**
 * Runs the long form of the test of pushes: `npm run test:push [shops] [vouchers] [seed]`. 20 shops of 5,000 vouchers push through a network that
 * cuts connections and loses answers, while pushes and the server are killed, until every copy is equal to its shop.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [shops = '20', vouchers = '5000', seed = '1'] = process.argv.slice(2)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/vouchers/push-chaos.test.ts'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...process.env,
      XIAOPIAO_PUSH_SHOPS: shops,
      XIAOPIAO_PUSH_VOUCHERS: vouchers,
      XIAOPIAO_PUSH_SERVER_KILLS: '30',
      XIAOPIAO_SEED: seed,
    },
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
