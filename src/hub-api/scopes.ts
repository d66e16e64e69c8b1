/** The rights of an API key. */
export const SCOPES = [
  'slips:write',
  'slips:read',
  /** Copies, cancellations and decisions of people. */
  'slips:decide',
  'manage',
] as const
export type Scope = (typeof SCOPES)[number]
