/** Printers that poll: the hub serves them itself, past a line as bad as any. */

/** Between two polls. */
const POLL_MS = 5000

/**
 * @param ask of the API
 * @param url of the line to the hub
 * @returns each with its id and the address that it polls
 */
export async function makePolling(count, { ask, url }) {
  const store = await ask('POST', '/v1/stores', { name: '云打印店' })
  const made = []
  for (let i = 0; i < count; i++) {
    const { id } = await ask('POST', '/v1/printers', { store: store.id, name: `云${i}` })
    const { path } = await ask('POST', `/v1/printers/${id}/cloudprnt`, { by: '工程师' })
    const digits = i.toString(16).padStart(4, '0')
    const mac = `00:11:62:00:${digits.slice(0, 2)}:${digits.slice(2)}`
    made.push({ id, url: `${url}${path}`, mac, pollMs: POLL_MS })
  }
  return made
}
