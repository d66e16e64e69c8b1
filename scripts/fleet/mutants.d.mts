export interface FleetMutant {
  readonly part: string
  /** Under `src`. */
  readonly file: string
  readonly from: string
  readonly to: string
  readonly isCalm?: boolean
}

export const MUTANTS: Readonly<Record<string, FleetMutant>>
