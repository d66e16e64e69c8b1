/** The options of the agent's own door. */

export interface LanOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Address that the door is on. Default `127.0.0.1`: this machine alone; `0.0.0.0` is the network. */
  readonly host?: string
  /** Certificate and key in PEM. Default: none, so that it speaks HTTP. */
  readonly cert?: string
  readonly key?: string
  /** Web pages that may hand slips in: `https://till.example`. */
  readonly origins?: readonly string[]
}
