/** The path of printers that poll by Epson Server Direct Print. */

import type { HubFront } from '../hub/parts.js'

/**
 * Lets printers poll the hub at `/direct-print/SECRET`; `POST /v1/printers/{id}/cloudprnt` with `protocol` makes the address of one.
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const hub = await openHub({ db: 'postgres://hub@db.example/chain', fronts: [directPrint] })
 */
export const directPrint: HubFront = async (parts) => {
  // Imported only when a hub is opened, because the packages of its database are optional.
  const { DirectDoor } = await import('./direct-door.js')
  const door = new DirectDoor(parts)
  parts.app.post('/direct-print/:secret', (context) => door.answer(context))
}
