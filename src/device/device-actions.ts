/** Acts on the effects of a device's commands, and on requests in real time: it answers, pulses and switches off. */

import type { Effect } from '../emulator/effect.js'
import { identityAnswer } from './device-identity.js'
import { DeviceLogos } from './device-logos.js'
import type { VirtualDeviceOptions } from './device-options.js'
import type { RealtimeRequest } from './device-realtime.js'
import {
  autoStatus,
  changedGroups,
  type DeviceState,
  isOffline,
  orderedStatus,
  READY,
  realtimeStatus,
} from './device-state.js'

/** The rest of the device, which has the buffer, the paper and the listener. */
export interface ActionHost {
  /** Sends bytes to the host. Returns false if no host is connected. */
  say(bytes: Uint8Array): boolean
  set(change: Partial<DeviceState>): void
  /** Drops the receive buffer, and everything that was drawn and has not come out of the printer. */
  clear(): void
  pulsed(pin: 2 | 5): void
  switchedOff(): void
}

export class DeviceActions {
  readonly #options: VirtualDeviceOptions
  readonly #host: ActionHost
  readonly #logos = new DeviceLogos()
  #state: DeviceState
  #isOff = false
  #autoStatus = 0
  #tellsOffline = false
  /** Whether DLE DC4 fn 1 and fn 2 are obeyed. */
  #rights: { readonly pulse: boolean; readonly powerOff: boolean }
  #pulseEnds = 0
  #heldId: Uint8Array | undefined

  constructor(options: VirtualDeviceOptions, host: ActionHost) {
    this.#options = options
    this.#host = host
    this.#state = { ...READY, ...options.state }
    this.#rights = { pulse: true, powerOff: options.obeysPowerOff ?? false }
  }

  get state(): DeviceState {
    return this.#state
  }

  /** Whether DLE DC4 fn 2 or `stop` has switched the device off. */
  get isOff(): boolean {
    return this.#isOff
  }

  get isOffline(): boolean {
    return this.#isOff || isOffline(this.#state)
  }

  /** Takes over a change of the state, and tells the host of it if the host wants that. */
  change(change: Partial<DeviceState>): void {
    const before = this.#state
    this.#state = { ...before, ...change }
    if ((changedGroups(before, this.#state) & this.#autoStatus) !== 0) this.pushStatus()
    if (this.#tellsOffline && !isOffline(before) && this.isOffline) this.#reply([0x37, 0x23, 0x00])
  }

  /** Sends the four status bytes. */
  pushStatus(): void {
    this.#reply(autoStatus(this.#state))
  }

  /** Sends the process ID that was kept for the host, because the host is connected now. */
  hostReady(): void {
    const held = this.#heldId
    this.#heldId = undefined
    if (held !== undefined) this.#returnId(held)
  }

  /** Resets all settings, because the power was off. */
  restart(): void {
    this.#isOff = false
    this.#autoStatus = 0
    this.#tellsOffline = false
    this.#rights = { pulse: true, powerOff: this.#options.obeysPowerOff ?? false }
    this.#heldId = undefined
  }

  /** Switches the device off for good. */
  stop(): void {
    this.#isOff = true
  }

  act(effect: Effect): void {
    const answer = this.#logos.answer(effect) ?? this.#answerTo(effect)
    if (answer !== undefined) this.#reply(answer)
    switch (effect.kind) {
      case 'auto-status':
        this.#autoStatus = effect.groups
        if (effect.groups !== 0) this.pushStatus()
        return
      case 'pulse':
        this.#pulse(effect.pin, effect.onMs)
        return
      case 'realtime-rights': {
        const { pulse = this.#rights.pulse, powerOff = this.#rights.powerOff } = effect
        this.#rights = { pulse, powerOff }
        return
      }
      case 'process-id':
        if (!this.#options.processIds) return
        if (this.#options.skipsProcessIds) this.#heldId = effect.id
        else this.#returnId(effect.id)
        return
      case 'offline-response':
        if (this.#options.processIds) this.#tellsOffline = effect.isOn
        return
    }
  }

  /** Obeys a request in real time. */
  answerNow(request: RealtimeRequest): void {
    const { error } = this.#state
    const canRecover = error === 'cutter' || error === 'recoverable'
    switch (request.kind) {
      case 'status': {
        const answer = realtimeStatus(this.#state, request.n)
        if (answer !== undefined) this.#reply([answer])
        return
      }
      case 'recover':
        if (!canRecover) return
        if (request.n === 2) this.#host.clear()
        if (request.n === 1 || request.n === 2) this.#host.set({ error: 'none' })
        return
      case 'clear':
        this.#host.clear()
        if (canRecover) this.#host.set({ error: 'none' })
        this.#reply([0x37, 0x25, 0x00])
        return
      case 'pulse':
        if (this.#rights.pulse && error === 'none') this.#pulse(request.pin, request.onMs)
        return
      case 'transmit':
        if (request.m === 1) this.pushStatus()
        return
      case 'power-off':
        if (!this.#rights.powerOff) return
        this.#host.clear()
        this.#reply([0x3b, 0x30, 0x00])
        this.#isOff = true
        this.#host.switchedOff()
        return
      default:
        request satisfies never
    }
  }

  #answerTo(effect: Effect): readonly number[] | undefined {
    if (effect.kind === 'identity-asked') return identityAnswer(effect.n, this.#options.identity)
    if (effect.kind !== 'status-asked') return undefined
    const byte = orderedStatus(this.#state, effect.n)
    return byte === undefined ? undefined : [byte]
  }

  #reply(bytes: Uint8Array | readonly number[]): boolean {
    const { oneWay, strayBytes } = this.#options
    if (oneWay || this.#isOff) return false
    if (strayBytes !== undefined) this.#host.say(strayBytes)
    return this.#host.say(Uint8Array.from(bytes))
  }

  #returnId(id: Uint8Array): void {
    if (!this.#reply([0x37, 0x22, ...id, 0x00])) this.#heldId = id
  }

  /** Starts a pulse, unless the pulse before it has not ended. */
  #pulse(pin: 2 | 5, onMs: number): void {
    const now = performance.now()
    if (now < this.#pulseEnds) return
    this.#pulseEnds = now + onMs
    this.#host.pulsed(pin)
    const { pulseOpensDrawer } = this.#options
    if (pulseOpensDrawer !== undefined) this.#host.set({ drawerPin: pulseOpensDrawer })
  }
}
