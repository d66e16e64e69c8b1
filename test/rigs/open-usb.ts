/** Opens the USB printer and says what comes of it: run by the rig as a user who may not. */

import { TransportError } from '../../src/model/errors.js'
import { usb } from '../../src/transports/usb.js'

const said = await usb({ serialNumber: 'SN-p1', openTimeoutMs: 2000 })
  .open()
  .then(
    () => 'opened',
    (error: unknown) =>
      error instanceof TransportError
        ? `${error.code} ${error.message} <- ${String(error.cause)}`
        : String(error),
  )
process.stdout.write(`${said}\n`)
process.exit(0)
