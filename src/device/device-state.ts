/** The state of a virtual device, and the status bytes that a printer makes of it. */

export interface DeviceState {
  readonly paper: 'ok' | 'near-end' | 'end'
  readonly cover: 'closed' | 'open'
  readonly error: 'none' | 'cutter' | 'recoverable' | 'unrecoverable' | 'auto-recoverable'
  /** Level of drawer pin 3; which level means an open drawer depends on the drawer. */
  readonly drawerPin: 'low' | 'high'
}

export const READY: DeviceState = {
  paper: 'ok',
  cover: 'closed',
  error: 'none',
  drawerPin: 'low',
}

/** An offline printer executes nothing but real-time requests. */
export function isOffline(state: DeviceState): boolean {
  return state.cover === 'open' || state.paper === 'end' || state.error !== 'none'
}

const bit = (mask: number, when: boolean) => (when ? mask : 0)

/** The answer to DLE EOT n; undefined for an n that this device does not know. */
export function realtimeStatus(state: DeviceState, n: number): number | undefined {
  switch (n) {
    case 1:
      return 0x12 | bit(0x04, state.drawerPin === 'high') | bit(0x08, isOffline(state))
    case 2:
      return (
        0x12 |
        bit(0x04, state.cover === 'open') |
        bit(0x20, state.paper === 'end') |
        bit(0x40, state.error !== 'none')
      )
    case 3:
      return (
        0x12 |
        bit(0x04, state.error === 'recoverable') |
        bit(0x08, state.error === 'cutter') |
        bit(0x20, state.error === 'unrecoverable') |
        bit(0x40, state.error === 'auto-recoverable')
      )
    case 4:
      return 0x12 | bit(0x0c, state.paper === 'near-end') | bit(0x60, state.paper === 'end')
    default:
      return undefined
  }
}

/** The four bytes of automatic status back. */
export function autoStatus(state: DeviceState): Uint8Array {
  return Uint8Array.of(
    0x10 |
      bit(0x04, state.drawerPin === 'high') |
      bit(0x08, isOffline(state)) |
      bit(0x20, state.cover === 'open'),
    bit(0x04, state.error === 'recoverable') |
      bit(0x08, state.error === 'cutter') |
      bit(0x20, state.error === 'unrecoverable') |
      bit(0x40, state.error === 'auto-recoverable'),
    bit(0x03, state.paper === 'near-end') | bit(0x0c, state.paper === 'end'),
    0x0f,
  )
}

/** The answer to GS r n, in order with the data. */
export function orderedStatus(state: DeviceState, n: number): number | undefined {
  if (n === 1 || n === 49) {
    return bit(0x03, state.paper === 'near-end') | bit(0x0c, state.paper === 'end')
  }
  if (n === 2 || n === 50) return bit(0x01, state.drawerPin === 'high')
  return undefined
}

/** The groups of GS a that a change touches. */
export function changedGroups(before: DeviceState, after: DeviceState): number {
  return (
    bit(0x01, before.drawerPin !== after.drawerPin) |
    bit(0x02, isOffline(before) !== isOffline(after) || before.cover !== after.cover) |
    bit(0x04, before.error !== after.error) |
    bit(0x08, before.paper !== after.paper)
  )
}
