/** A broker of MQTT in a process of its own, so that several hubs share it and it can be killed alone. It lets everybody in, because it is not what is tried here. */
import { createServer } from 'node:net'
import { Aedes } from 'aedes'

const broker = await Aedes.createBroker()
const server = createServer(broker.handle)
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send({ what: 'listens' }))
process.on('disconnect', () => process.exit(0))
