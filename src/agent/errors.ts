/** The error of an agent that cannot be enrolled, started or kept running. */

import { XiaopiaoError } from '../model/errors.js'

/**
 * The error of an agent that cannot be enrolled, started or kept running.
 *
 * @example
 * const running = startAgent({ folder: '/no/such/folder', printers: { counter: { uri: 'tcp://192.168.1.50' } } })
 * await running.catch((error) => error instanceof AgentError && error.code) // 'AGENT_MISSING'
 */
export class AgentError extends XiaopiaoError {
  override readonly name: string = 'AgentError'
}

/** Makes the error of a missing file, without which the agent does not know what it has printed. */
export function wiped(file: string): AgentError {
  return new AgentError(`${file} is missing, so that nobody knows what this agent has printed`, {
    code: 'AGENT_WIPED',
    hint: 'enrol a new agent in an empty folder with a new code; slips of the old one wait for a person',
  })
}
