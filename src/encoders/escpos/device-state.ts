/** Lowers requests that print nothing: buzzer, density and speed as the profile allows, and raw bytes of the caller. */

import type { Report } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import type { DeviceBlock } from '../../model/strip.js'
import type { Command, CommandOut } from './commands/index.js'

interface DeviceTarget {
  readonly profile: Profile
  readonly report: Report
}

/** Unit of `ESC B` if the profile has none, because most manuals of clones give it. */
const USUAL_BUZZER_UNIT_MS = 50
/** `GS ( K` fn 49 counts in steps of 5 per cent. */
const DENSITY_STEP = 5

/** Sends the requests, and restores density and speed at the end of the receipt, because they outlast it. */
export class DeviceState {
  readonly #out: CommandOut
  readonly #target: DeviceTarget
  #hasDensity = false
  #hasSpeed = false

  constructor(out: CommandOut, target: DeviceTarget) {
    this.#out = out
    this.#target = target
  }

  lower({ request, path }: DeviceBlock): void {
    const { profile } = this.#target
    switch (request.ask) {
      case 'buzzer': {
        const commands = beeps(request.times, request.ms, profile)
        if (commands === undefined) this.#lacks('buzzer', 'BUZZER_UNSUPPORTED', path)
        else this.#out.push(...commands)
        return
      }
      case 'density':
        this.#density(request.percent, path)
        return
      case 'speed':
        this.#speed(request.level, path)
        return
      case 'raw':
        this.#out.push({ kind: 'unknown', bytes: request.bytes, reason: 'bytes of the caller' })
        return
      default:
        request satisfies never
    }
  }

  /** Sets density and speed back to the printer's settings if the receipt changed them. */
  restore(): void {
    if (this.#hasDensity) this.#out.push({ kind: 'printDensity', m: 0 })
    if (this.#hasSpeed) this.#out.push({ kind: 'printSpeed', m: 0 })
  }

  #density(percent: number, path: string): void {
    if (this.#target.profile.density !== 'gs-k') {
      this.#lacks('density', 'DENSITY_UNSUPPORTED', path)
      return
    }
    this.#hasDensity = true
    this.#out.push({ kind: 'printDensity', m: densityStep(percent) })
  }

  #speed(level: number, path: string): void {
    const { profile, report } = this.#target
    const most = profile.speedLevels ?? 0
    if (most === 0) {
      this.#lacks('speed', 'SPEED_UNSUPPORTED', path)
      return
    }
    if (level > most) {
      const message = `${profile.id} has ${most} speeds: the fastest of them is chosen`
      report({ code: 'SPEED_CHANGED', severity: 'info', message, path })
    }
    this.#hasSpeed = true
    this.#out.push({ kind: 'printSpeed', m: Math.min(level, most) })
  }

  #lacks(field: 'buzzer' | 'density' | 'speed', code: string, path: string): void {
    const { profile, report } = this.#target
    const isUnknown =
      field === 'speed' ? profile.speedLevels === null : profile[field] === 'unknown'
    const message = isUnknown
      ? `it is not known how ${profile.id} is asked for its ${field}: nothing is sent`
      : `${profile.id} has no command for its ${field}: nothing is sent`
    const hint = `set ${field === 'speed' ? 'speedLevels' : field} in the profile, if you know the command`
    report({ code, severity: 'info', message, path, hint })
  }
}

/** The commands for `times` beeps of `ms` milliseconds. Undefined if the printer has no buzzer, or none that is known. */
function beeps(
  times: number,
  ms: number,
  { buzzer, buzzerUnitMs }: Profile,
): Command[] | undefined {
  const inUnits = (unit: number) => Math.min(9, Math.max(1, Math.round(ms / unit)))
  switch (buzzer) {
    case 'esc-b':
      return [{ kind: 'buzzer', n: times, t: inUnits(buzzerUnitMs ?? USUAL_BUZZER_UNIT_MS) }]
    case 'esc-a':
      // On and off in tenths of a second.
      return [{ kind: 'beepOnOff', n: 100, c: times, t1: inUnits(100), t2: 1 }]
    case 'bel':
      return Array.from({ length: times }, () => ({ kind: 'bell' }))
    case 'rs':
      return Array.from({ length: times }, () => ({ kind: 'recordSeparator' }))
    case 'unknown':
    case 'none':
      return undefined
  }
}

/** The parameter of `GS ( K` fn 49: 250 to 255 are 70 to 95 per cent, 0 is 100, 1 to 8 are 105 to 140. */
function densityStep(percent: number): number {
  return (Math.round((percent - 100) / DENSITY_STEP) + 256) % 256
}
