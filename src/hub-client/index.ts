/**
 * A client of the hub, for a POS in Node or in a browser. A slip has a key that the POS makes, so that it prints once, however often it is handed in.
 *
 * ```js
 * import { compile } from 'xiaopiao'
 * import { hubClient, payloadOf } from 'xiaopiao/hub-client'
 *
 * const client = hubClient({
 *   url: 'https://hub.example',
 *   key: process.env.HUB_KEY,
 *   lan: { url: 'http://192.168.1.2:8199', key: process.env.LAN_KEY },
 * })
 * const { slip } = await client.handIn({ key: 'order-17', printer, payload: payloadOf(compile(receipt, { profile })) })
 * const { state } = await client.ended(slip.id)
 * ```
 */

export { HubRequestError } from './errors.js'
export {
  type ByPerson,
  type HandedIn,
  type HubClient,
  type HubClientOptions,
  hubClient,
  type WaitOptions,
} from './hub-client.js'
export { payloadOf } from './payload.js'
export type { HubAnswer, HubPlace, HubRequest } from './requests.js'
export type {
  HubPrinter,
  HubStore,
  Slip,
  SlipDecision,
  SlipHistory,
  SlipPayload,
  SlipQuery,
  SlipRequest,
  SlipSegment,
  SlipState,
  WebhookCall,
} from './types.js'
export { isSignedCall, type SignedCall } from './webhook.js'
