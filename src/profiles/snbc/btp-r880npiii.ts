/** SNBC BTP-R880NPIII: 80 mm; its buzzer knows BEL only. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtpR880npiii: Profile = {
  ...generic80,
  id: 'snbc-btp-r880npiii',
  vendor: 'SNBC',
  name: 'BTP-R880NPIII',
  aliases: ['新北洋 BTP-R880NPIII'],
  buzzer: 'bel',
  sources: { ...generic80.sources, buzzer: 'users: escpos-php #1378' },
}
