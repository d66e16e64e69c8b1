/** A device with the roll that it prints on. */

import { VirtualDevice } from './device.js'
import type { VirtualDeviceOptions } from './device-options.js'
import { DeviceRoll } from './roll/device-roll.js'
import type { MakeRoll } from './roll/paper-piece.js'

const makeRoll: MakeRoll = (profile, keepPieces, parts) =>
  new DeviceRoll(profile, keepPieces, parts)

export function virtualDevice(options: VirtualDeviceOptions = {}): VirtualDevice {
  return new VirtualDevice(options, makeRoll)
}
