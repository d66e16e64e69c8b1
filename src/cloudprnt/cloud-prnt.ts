/** The paths of printers that poll by Star CloudPRNT. */

import type { HubFront } from '../hub/parts.js'

/**
 * Lets printers poll the hub at `/cloudprnt/SECRET`; `POST /v1/printers/{id}/cloudprnt` makes the address of one.
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const hub = await openHub({ db: 'postgres://hub@db.example/chain', fronts: [cloudPrnt] })
 */
export const cloudPrnt: HubFront = async (parts) => {
  // Imported only when a hub is opened, because the packages of its database are optional.
  const { CloudDoor } = await import('./cloud-door.js')
  const door = new CloudDoor(parts)
  const path = '/cloudprnt/:secret'
  parts.app.post(path, (context) => door.answer(context, (asked) => door.poll(asked)))
  parts.app.get(path, (context) => door.answer(context, (asked) => door.fetch(asked)))
  parts.app.delete(path, (context) => door.answer(context, (asked) => door.confirm(asked)))
}
