/** The options of the agent's door on the LAN. */

export interface LanOptions {
  /** Port of the door. Default 0, which takes any free port. */
  readonly port?: number
  /** Address to listen on. Default `127.0.0.1`, which only this machine reaches; `0.0.0.0` opens the door to the network. */
  readonly host?: string
  /** Certificate and key in PEM. Default: none, so that the door speaks plain HTTP. */
  readonly cert?: string
  readonly key?: string
  /** Origins of web pages that may hand slips in, such as `https://till.example`. */
  readonly origins?: readonly string[]
}
