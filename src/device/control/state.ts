/** The printer's state in the form of the control server, and changes of it by clients. */

import type { Profile } from '../../model/profile.js'
import type { DeviceState } from '../device-state.js'
import type { VirtualPrinterServer } from '../server/server-options.js'
import { Refused } from './http.js'

export interface ControlTarget {
  readonly server: VirtualPrinterServer
  readonly profile: Profile
  /** Whether the printer has power. */
  readonly isOn: () => boolean
}

export function stateOf({ server, profile, isOn }: ControlTarget) {
  const { device } = server
  const isWithPower = isOn() && !device.off
  return {
    printer: profile.id,
    uri: server.uri,
    power: isWithPower ? 'on' : 'off',
    ...device.state,
    online: isWithPower && !device.offline,
    printing: device.printing,
    receivedBytes: device.receivedBytes,
    bufferedBytes: device.bufferedBytes,
    printedMm: round(device.printedMm),
    paperLeftMm: Number.isFinite(device.paperLeftMm) ? round(device.paperLeftMm) : null,
    cuts: device.cuts,
    jobs: server.jobs.length,
    faults: server.faults,
  }
}

const round = (mm: number) => Math.round(mm * 100) / 100

const values: { readonly [Key in keyof DeviceState]: readonly DeviceState[Key][] } = {
  paper: ['ok', 'near-end', 'end'],
  cover: ['closed', 'open'],
  error: ['none', 'cutter', 'recoverable', 'unrecoverable', 'auto-recoverable'],
  drawerPin: ['low', 'high'],
}
const fields = [...Object.keys(values), 'paperLeftMm'].join(', ')

/** Makes a change that `body` describes in JSON. @throws Refused 400 that says which field is wrong and what it may be */
export function changeState({ server }: ControlTarget, body: string): void {
  let change: unknown
  try {
    change = JSON.parse(body)
  } catch (error) {
    throw new Refused(400, `not JSON: ${(error as Error).message}`)
  }
  if (typeof change !== 'object' || change === null || Array.isArray(change)) {
    throw new Refused(400, `an object with some of ${fields} is wanted`)
  }
  const { paperLeftMm, ...state } = change as Record<string, unknown>
  for (const [field, value] of Object.entries(state)) {
    const allowed: readonly unknown[] | undefined = Object.hasOwn(values, field)
      ? values[field as keyof DeviceState]
      : undefined
    if (allowed === undefined) throw new Refused(400, `${field} is no field; there are ${fields}`)
    if (!allowed.includes(value)) {
      throw new Refused(
        400,
        `${field} is one of ${allowed.join(', ')}, not ${JSON.stringify(value)}`,
      )
    }
  }
  const isLength = typeof paperLeftMm === 'number' && paperLeftMm >= 0 && paperLeftMm <= 1e6
  if (paperLeftMm !== undefined && paperLeftMm !== null && !isLength) {
    throw new Refused(
      400,
      'paperLeftMm is a number from 0 to 1000000, or null for a roll without end',
    )
  }
  server.device.set(state as Partial<DeviceState>)
  if (paperLeftMm === null) server.device.loadPaper(Number.POSITIVE_INFINITY)
  else if (isLength) server.device.loadPaper(paperLeftMm)
}
