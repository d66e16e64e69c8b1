/** Lets faults happen to a virtual device, each at its place. */

import type { VirtualDevice } from '../device.js'
import {
  type Fault,
  type FaultAction,
  type FaultPlace,
  type LinkFault,
  parseFaults,
} from './faults.js'

export interface FaultHost {
  readonly device: VirtualDevice
  /** Makes a fault of the power or the link, because the device has neither. */
  link(fault: LinkFault): void
  /** Called when a fault has happened. */
  happened?(fault: Fault): void
}

export class FaultScript {
  readonly #host: FaultHost
  readonly #waiting = new Set<Fault>()
  /** Functions that cancel the faults that wait for their place. */
  readonly #forget = new Map<Fault, () => void>()

  constructor(host: FaultHost) {
    this.#host = host
  }

  /** Faults that have not happened yet, as written. */
  get waiting(): readonly string[] {
    return Array.from(this.#waiting, ({ text }) => text)
  }

  /**
   * Adds a script. Bytes, paper and cuts count from now on, and so does time, or with `clockFromFirstByte` from the next
   * byte that is received.
   *
   * @throws XiaopiaoError `FAULT_INVALID`
   */
  add(script: string, { clockFromFirstByte = false } = {}): void {
    const chains: Fault[][] = []
    for (const fault of parseFaults(script)) {
      this.#waiting.add(fault)
      if (fault.place?.afterPrevious) chains.at(-1)?.push(fault)
      else chains.push([fault])
    }
    for (const chain of chains) this.#begin(chain, clockFromFirstByte)
  }

  /** Cancels all faults that have not happened yet. */
  stop(): void {
    for (const forget of this.#forget.values()) forget()
    this.#forget.clear()
    this.#waiting.clear()
  }

  /** Starts the first fault of the chain; the others follow it. */
  #begin([fault, ...rest]: readonly Fault[], clockFromFirstByte: boolean): void {
    if (fault === undefined) return
    const strike = () => {
      this.#waiting.delete(fault)
      this.#forget.delete(fault)
      this.#act(fault.action)
      this.#host.happened?.(fault)
      this.#begin(rest, false)
    }
    const { place } = fault
    if (place === undefined || place.amount === 0) {
      strike()
      return
    }
    const { device } = this.#host
    if (place.unit === 'ms' && clockFromFirstByte) {
      const start = () => this.#forget.set(fault, this.#wait(place, fault.action, strike))
      this.#forget.set(fault, device.whenReceived(device.receivedBytes + 1, start))
      return
    }
    this.#forget.set(fault, this.#wait(place, fault.action, strike))
  }

  #wait({ unit, amount }: FaultPlace, action: FaultAction, strike: () => void): () => void {
    const { device } = this.#host
    switch (unit) {
      case 'bytes':
        return device.whenReceived(device.receivedBytes + amount, strike)
      case 'mm':
        return device.whenPrinted(device.printedMm + amount, strike)
      case 'cuts': {
        // A cutter error comes before the cut, because a cutter that sticks does not cut.
        const sticks = action.kind === 'state' && action.change.error === 'cutter'
        return device.whenCut(device.cuts + amount, sticks ? 'before' : 'after', strike)
      }
      case 'ms': {
        const timer = setTimeout(strike, amount)
        timer.unref()
        return () => clearTimeout(timer)
      }
    }
  }

  #act(action: FaultAction): void {
    switch (action.kind) {
      case 'state':
        this.#host.device.set(action.change)
        return
      case 'link':
        this.#host.link(action.fault)
        return
      case 'say':
        this.#host.device.say(action.bytes)
        return
    }
  }
}
