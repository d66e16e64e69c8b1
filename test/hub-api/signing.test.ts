import { expect, test } from 'vitest'
import {
  authorizationOf,
  isSigned,
  isSignedForMqtt,
  isTimely,
  mqttPassword,
  newAgentKey,
  publicKeyOf,
  readAuthorization,
  readToken,
  SIGNATURE_MS,
} from '../../src/hub-api/signing.js'
import { readTopic, topicOf, topicOfAll } from '../../src/hub-api/topics.js'

const { privateKey, publicKey } = newAgentKey()
const signer = { tenant: 't1', agent: 'a1', privateKey }
const request = { method: 'POST', path: '/v1/agent/take', body: Buffer.from('{"printer":"p"}') }
const NOW = 1_795_910_400_000

test('a signature holds for the very request, and for no other', () => {
  const claim = readAuthorization(authorizationOf(signer, request, NOW))
  if (claim === undefined) throw new Error('no claim')
  const { tenant, agent, timeMs } = claim
  expect({ tenant, agent, timeMs }).toEqual({ tenant: 't1', agent: 'a1', timeMs: NOW })
  const key = publicKeyOf(publicKey)
  expect(isSigned(claim, request, key)).toBe(true)
  expect(isSigned(claim, { ...request, method: 'GET' }, key)).toBe(false)
  expect(isSigned(claim, { ...request, path: '/v1/agent/take?' }, key)).toBe(false)
  expect(isSigned(claim, { ...request, body: Buffer.from('{}') }, key)).toBe(false)
  expect(isSigned({ ...claim, agent: 'a2' }, request, key)).toBe(false)
  expect(isSigned({ ...claim, tenant: 't2' }, request, key)).toBe(false)
  expect(isSigned({ ...claim, timeMs: NOW + 1 }, request, key)).toBe(false)
  expect(isSigned({ ...claim, nonce: `${claim.nonce}A` }, request, key)).toBe(false)
  expect(isSigned(claim, request, publicKeyOf(newAgentKey().publicKey))).toBe(false)
  expect(isSignedForMqtt(claim, key)).toBe(false)
})

test('a password of MQTT is a signature, and never one of a request', () => {
  const claim = readToken(mqttPassword(signer, NOW))
  if (claim === undefined) throw new Error('no claim')
  expect(isSignedForMqtt(claim, publicKeyOf(publicKey))).toBe(true)
  expect(isSigned(claim, request, publicKeyOf(publicKey))).toBe(false)
})

test('no two signatures are equal, and each has its time', () => {
  expect(authorizationOf(signer, request, NOW)).not.toBe(authorizationOf(signer, request, NOW))
  const claim = readAuthorization(authorizationOf(signer, request, NOW))
  if (claim === undefined) throw new Error('no claim')
  expect(isTimely(claim, NOW + SIGNATURE_MS)).toBe(true)
  expect(isTimely(claim, NOW + SIGNATURE_MS + 1)).toBe(false)
  expect(isTimely(claim, NOW - SIGNATURE_MS - 1)).toBe(false)
})

test.each([
  '',
  'Bearer x',
  'Xiaopiao',
  'Xiaopiao a.b.c.d.e',
  'Xiaopiao t.a.1.abcdefghijklmnop.s.more',
])('no claim is read from "%s"', (header) => {
  expect(readAuthorization(header)).toBeUndefined()
})

test('topics are read as they are written, and others are not ours', () => {
  const name = { tenant: 't', agent: 'a', kind: 'wake' } as const
  expect(readTopic(topicOf(name))).toEqual(name)
  expect(topicOfAll('gone')).toBe('xiaopiao/+/+/gone')
  for (const topic of [
    'xiaopiao/t/a/else',
    'other/t/a/wake',
    'xiaopiao/t/a/wake/more',
    'xiaopiao//a/wake',
  ]) {
    expect(readTopic(topic)).toBeUndefined()
  }
})
