/** A process of `bench/hub.mjs`: a hub, a broker that hubs share, or a crowd of agents that wait by MQTT. */
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import mqtt from 'mqtt'

const [, , bundle, kind] = process.argv
const { authorizationOf, mqttPassword, mqttUser, openHub, topicOf } = await import(bundle)
const AT_ONCE = 50

const starts = { hub, broker, agents }
process.once('message', (options) => starts[kind](options))
process.once('disconnect', () => process.exit())

async function hub({ db, mqtt: url }) {
  const shared = url === undefined ? {} : { mqtt: url }
  const {
    url: own,
    mqttUrl,
    close,
  } = await openHub({
    ...{ db, port: 0, mqttPort: 0, log: 'error', requestsPerSecond: 100_000, connections: 16 },
    ...shared,
  })
  process.once('SIGTERM', () => close().then(() => process.exit()))
  process.send({ url: own, mqttUrl })
}

async function broker() {
  const aedes = await Aedes.createBroker()
  const server = createServer(aedes.handle)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.send({ url: `mqtt://127.0.0.1:${server.address().port}` })
}

/** Each takes when it is woken, and says when it had the slip. */
async function agents({ url, mqtt: broker, agents: all }) {
  const taken = []
  for (let at = 0; at < all.length; at += AT_ONCE) {
    await Promise.all(all.slice(at, at + AT_ONCE).map((agent) => wait(agent)))
  }
  process.on('message', () => process.send(taken))
  process.once('SIGTERM', () => process.exit())
  process.send({})

  async function wait(signer) {
    const client = await mqtt.connectAsync(broker, {
      clientId: signer.agent,
      username: mqttUser(signer.tenant, signer.agent),
      password: mqttPassword(signer, Date.now()),
    })
    let seq = 0
    const post = async (path, body) => {
      const text = JSON.stringify(body)
      const request = { method: 'POST', path, body: Buffer.from(text) }
      const authorization = authorizationOf(signer, request, Date.now())
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization },
        body: text,
      })
      return answer.status === 200 ? answer.json() : undefined
    }
    client.on('message', async (_topic, message) => {
      const [printer] = JSON.parse(message.toString()).printers
      const slip = await post('/v1/agent/take', { printer })
      if (slip === undefined) return
      if (!slip.again) taken.push([slip.key, Date.now()])
      const ended = { seq: ++seq, at: new Date().toISOString(), what: 'ended', outcome: 'printed' }
      await post('/v1/agent/events', { events: [{ ...ended, slip: slip.slip, epoch: slip.epoch }] })
    })
    await client.subscribeAsync(topicOf({ ...signer, kind: 'wake' }), { qos: 1 })
  }
}
