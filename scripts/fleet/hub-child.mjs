/** A hub process, which may be killed at any time. */

const { bundle, db, port, mqtt, agentsMqtt, pollMs } = JSON.parse(process.argv[2])
const { openHub, cloudPrnt, statusPage } = await import(bundle)
for (;;) {
  try {
    const hub = await openHub({
      db,
      port,
      mqtt,
      agentsMqtt,
      pollMs,
      log: 'warn',
      requestsPerSecond: 1000,
      fronts: [cloudPrnt, statusPage],
    })
    process.send({ what: 'listens', url: hub.url })
    break
  } catch (error) {
    // PostgreSQL may be down just now; a service is started again until it holds.
    process.send({ what: 'waits', message: String(error) })
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
process.on('disconnect', () => process.exit(0))
