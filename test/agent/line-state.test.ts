/** When a hub counts as out of reach: an agent that comes back asks for slips at all of its printers. */

import { expect, test } from 'vitest'
import { AgentError } from '../../src/agent/errors.js'
import { LineState } from '../../src/agent/line-state.js'

function lineWithLog() {
  const log: string[] = []
  const line = new LineState({
    onDiagnostic: ({ code }) => log.push(code),
    onReached: () => log.push('reached'),
    onForgotten: () => log.push('forgotten'),
    onFatal: () => log.push('fatal'),
  })
  return { line, log }
}

const lost = new AgentError('no answer', { code: 'HUB_UNREACHABLE', hint: 'wait' })

test('one lost answer between others is no outage', () => {
  const { line, log } = lineWithLog()
  line.succeeded()
  for (let i = 0; i < 5; i++) {
    line.failed(lost)
    expect(line.isOnline).toBe(true)
    line.succeeded()
  }
  expect(log).toEqual(['HUB_REACHED', 'reached'])
})

test('two lost answers in a row are one, and it is told once', () => {
  const { line, log } = lineWithLog()
  line.succeeded()
  for (let i = 0; i < 5; i++) line.failed(lost)
  expect(line.isOnline).toBe(false)
  line.succeeded()
  expect(log).toEqual(['HUB_REACHED', 'reached', 'HUB_UNREACHABLE', 'HUB_REACHED', 'reached'])
})

test('an agent that starts without a line tells of the first one', () => {
  const { line, log } = lineWithLog()
  line.failed(lost)
  expect(log).toEqual(['HUB_UNREACHABLE'])
})
