export interface FleetSlip {
  readonly id: string
  readonly key: string
  readonly copy_index: number
  readonly state: string
  readonly marked: boolean
  readonly wanted_by: string | null
  readonly reason: string | null
  readonly printer: string
  readonly agents: readonly (string | null)[]
  readonly taken_at: Date | null
  readonly ended_at: Date | null
}

export type FleetMark = readonly ['start' | 'end', string] | readonly ['again']

export interface FleetEvidence {
  readonly slips: readonly FleetSlip[]
  readonly papers: readonly {
    readonly printer: number
    /** When it came out, in milliseconds. */
    readonly at: number
    readonly marks: readonly FleetMark[]
  }[]
  readonly acks: ReadonlyMap<string, { readonly by: string; readonly want: string }>
  readonly faults: readonly {
    readonly what: 'agent' | 'printer'
    readonly id: string | undefined
    readonly from: number
    readonly to: number
  }[]
  /** By key: when a till handed it to the agent of its store first. */
  readonly lanFrom?: ReadonlyMap<string, number>
  readonly isCalm: boolean
  readonly share?: number
  /** The id of a printer, by its index. */
  readonly idOf?: (index: number) => string | undefined
}

export interface FleetFigures {
  readonly slips: number
  readonly states: Readonly<Record<string, number>>
  readonly wanted: number
  readonly printedRate: number
}

export function judgeFleet(evidence: FleetEvidence): {
  readonly violations: readonly string[]
  readonly figures: FleetFigures
}
export function percent(part: number): string
