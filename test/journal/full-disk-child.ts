/**
 * `child FOLDER ROUNDS`, with a limit to the size of files: fills journals until each refuses a job, and says as JSON what each has
 * promised, kept and refused. The first line of each is of another length, so that the limit cuts the lines at every byte.
 */

import { fileJournal } from '../../src/journal/file.js'

const [folder = '', rounds = '1'] = process.argv.slice(2)
const printer = 'tcp://10.0.0.1:9100'
const REFUSALS = 3
const results: unknown[] = []
for (let round = 0; round < Number(rounds); round++) {
  const path = `${folder}/${round}.jsonl`
  // Every third one is written anew whenever a job ends, which the limit cuts as well.
  const journal = await fileJournal(path, round % 3 === 0 ? { compactBytes: 0 } : {})
  const promised: string[] = []
  const refused: unknown[] = []
  for (let i = 0; refused.length < REFUSALS; i++) {
    const title = 'x'.repeat(i === 0 ? (round * 37) % 997 : 1)
    const payload = { bytes: new Uint8Array(((round + i) * 53) % 400) }
    try {
      await journal.append({ type: 'queued', jobId: `${i}`, printer, title, payload })
      promised.push(`${i} queued`)
      if (i % 4 === 3) {
        await journal.append({ type: 'cancelled', jobId: `${i}` })
        promised[promised.length - 1] = `${i} cancelled`
      }
    } catch (error) {
      refused.push(error instanceof Error && 'code' in error ? error.code : String(error))
    }
  }
  const again = await fileJournal(path)
  const kept = (await again.list()).map(({ jobId, state }) => `${jobId} ${state}`)
  results.push({ promised, kept, refused, damage: again.damage.length })
}
process.stdout.write(JSON.stringify(results))
