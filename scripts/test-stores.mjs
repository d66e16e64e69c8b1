/**
 * Runs the tests of vouchers on each version of Node that has another SQLite: `npm run test:stores [kills]` runs them with this Node, where
 * Node 20 uses libsql, and by `npx` on Node 22 and 24 with `node:sqlite`. `kills` is the number of processes that are killed; default 20.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const kills = process.argv[2] ?? '20'
const tests = ['node_modules/vitest/vitest.mjs', 'run', 'test/vouchers']
const runs = [
  ['this Node', process.execPath, tests],
  ...['22', '24'].map((version) => [
    `Node ${version}`,
    'npx',
    ['-y', '-p', `node@${version}`, 'node', ...tests],
  ]),
]
for (const [name, command, args] of runs) {
  console.log(`\n${name}, ${kills} kills`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, XIAOPIAO_KILLS: kills },
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
