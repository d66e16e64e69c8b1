/** Backups of the store while the counter goes on. */

import { join } from 'node:path'
import type { Hono } from 'hono'
import { localTime } from '../../vouchers/business-day.js'
import { VoucherError } from '../../vouchers/errors.js'
import { filled, readBody, textOf } from '../answers.js'
import type { RouteParts } from '../counter-work.js'
import { neededSession } from '../people.js'
import type { Sessions } from '../sessions.js'

export function addBackupRoutes(app: Hono, sessions: Sessions, { desk }: RouteParts): void {
  const { archive, clock, terminal, backupFolder } = desk

  app.get('/api/backup', async (context) => {
    await neededSession(context, desk, sessions)
    const last = await archive.lastBackup()
    return context.json({ last, now: clock().toISOString(), isOffered: backupFolder !== undefined })
  })

  app.post('/api/backup', async (context) => {
    const { operator: by } = await neededSession(context, desk, sessions)
    const body = filled(await readBody(context))
    if (backupFolder === undefined) {
      throw new VoucherError('this counter has no folder for backups', {
        code: 'BACKUP_UNWRITTEN',
        path: 'backupFolder',
        hint: 'give one: vouchers serve --backups FOLDER',
      })
    }
    const now = clock()
    const { zone } = await archive.settings(terminal)
    // A name that sorts by time, and that no file system refuses.
    const time = localTime(now.getTime(), zone).slice(0, 19).replace('T', '-').replaceAll(':', '')
    const password = body.password === undefined ? {} : { password: textOf(body, 'password') }
    const file = join(backupFolder, `${time}.xpb`)
    return context.json({ backup: await archive.backup(file, { now, by, ...password }) })
  })
}
