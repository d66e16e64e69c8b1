import { expect, it } from 'vitest'
import { type Evidence, mayGoOn } from '../../src/printer/evidence.js'
import { UNKNOWN_STATUS } from '../../src/printer/status.js'

/** Two of three parts were sent before the connection was lost, and both IDs came back. */
const LOST: Evidence = {
  proof: 'ids',
  isTwoWay: true,
  heard: true,
  parts: 3,
  begun: 2,
  isWhole: false,
  printedIds: 2,
  provenHere: 0,
  begunHere: 0,
  connections: 2,
  strays: 0,
  restart: 'excluded',
  answerer: 'unknown',
  refused: false,
  cleared: false,
  status: UNKNOWN_STATUS,
}

it.each([
  ['same', true],
  ['unknown', true],
  // It said who it is before, and does not now: it may be another one.
  ['silent', false],
  ['other', false],
] as const)('a job goes on at a printer whose answer is %s: %s', (answerer, goesOn) => {
  expect(mayGoOn({ ...LOST, answerer })).toBe(goesOn)
})

it.each([
  // The second part's own ID has not come back, so it may be missing between the first and a third.
  ['ids', { printedIds: 1 }],
  ['blocks', { proof: 'blocks', begunHere: 2, provenHere: 1 }],
  ['bytes', { proof: 'bytes', begunHere: 2, provenHere: 2, strays: 1 }],
  ['nothing', { proof: 'none' }],
] as const)(
  'a job that is proven by %s does not go on behind a part that is unknown',
  (_, facts) => {
    expect(mayGoOn({ ...LOST, ...facts })).toBe(false)
  },
)
