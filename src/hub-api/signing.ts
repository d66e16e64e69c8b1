/**
 * Signatures of agents: Ed25519 over method, path, hash of the body, time and nonce, so that a request can neither be changed nor replayed
 * by somebody else. The header is `Authorization: Xiaopiao TENANT.AGENT.TIME.NONCE.SIGNATURE`; the time is in milliseconds since 1970 by
 * the hub's clock. An agent whose clock is wrong is answered `TIME_OFF` with the hub's time, and signs by the difference from then on.
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

const SCHEME = 'Xiaopiao'
/** A signature is valid if its time differs from the hub's clock by at most this many milliseconds, in either direction. */
export const SIGNATURE_MS = 120_000

export interface Signer {
  readonly tenant: string
  readonly agent: string
  /** PKCS #8 in PEM. */
  readonly privateKey: string
}

export interface SignedRequest {
  readonly method: string
  /** Path and query: `/v1/agent/take`. */
  readonly path: string
  readonly body: Uint8Array
}

/** The fields of an agent's `Authorization` header, not verified yet. */
export interface AgentClaim {
  readonly tenant: string
  readonly agent: string
  readonly timeMs: number
  readonly nonce: string
  readonly signature: string
}

/** Makes the key pair of an agent, for its enrolment. The public half is the raw 32 bytes in base64url. */
export function newAgentKey(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: x,
  }
}

/** The value of the header `Authorization`. `nowMs` is the time of the hub, as far as the agent knows it. */
export function authorizationOf(signer: Signer, request: SignedRequest, nowMs: number): string {
  return `${SCHEME} ${tokenOf(signer, textOf(request), nowMs)}`
}

/** The password of a connection by MQTT. */
export function mqttPassword(signer: Signer, nowMs: number): string {
  return tokenOf(signer, MQTT_TEXT, nowMs)
}

const MQTT_TEXT = 'mqtt'

/** Reads the header `Authorization`; undefined if it is not an agent's. */
export function readAuthorization(header: string | undefined): AgentClaim | undefined {
  const [scheme, token = '', more] = (header ?? '').split(' ')
  return scheme === SCHEME && more === undefined ? readToken(token) : undefined
}

export function readToken(token: string): AgentClaim | undefined {
  const [tenant = '', agent = '', time = '', nonce = '', signature = '', more] = token.split('.')
  const isWhole = /^\d{1,15}$/.test(time) && /^[\w-]{16,64}$/.test(nonce) && signature !== ''
  if (!isWhole || more !== undefined) return undefined
  return { tenant, agent, timeMs: Number(time), nonce, signature }
}

/** Whether the holder of the key has signed this request. `isTimely` checks the time, and the caller has to remember the nonces. */
export function isSigned(claim: AgentClaim, request: SignedRequest, publicKey: KeyObject): boolean {
  return isTokenOf(claim, textOf(request), publicKey)
}

export function isSignedForMqtt(claim: AgentClaim, publicKey: KeyObject): boolean {
  return isTokenOf(claim, MQTT_TEXT, publicKey)
}

export function isTimely({ timeMs }: AgentClaim, nowMs: number): boolean {
  return Math.abs(nowMs - timeMs) <= SIGNATURE_MS
}

/** @param raw 32 bytes in base64url */
export function publicKeyOf(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })
}

function tokenOf({ tenant, agent, privateKey }: Signer, text: string, nowMs: number): string {
  const head = `${tenant}.${agent}.${Math.round(nowMs)}.${randomBytes(16).toString('base64url')}`
  const signature = sign(null, Buffer.from(`${head}\n${text}`), keyOf(privateKey))
  return `${head}.${signature.toString('base64url')}`
}

function isTokenOf(claim: AgentClaim, text: string, publicKey: KeyObject): boolean {
  const { tenant, agent, timeMs, nonce, signature } = claim
  const signed = Buffer.from(`${tenant}.${agent}.${timeMs}.${nonce}\n${text}`)
  return verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))
}

function textOf({ method, path, body }: SignedRequest): string {
  return [method, path, createHash('sha256').update(body).digest('hex')].join('\n')
}

const keys = new Map<string, KeyObject>()

/** Returns the parsed key, from a cache because parsing a key costs more than signing with it. */
function keyOf(pem: string): KeyObject {
  const known = keys.get(pem)
  if (known !== undefined) return known
  const key = createPrivateKey(pem)
  if (keys.size > 1000) keys.clear()
  keys.set(pem, key)
  return key
}
