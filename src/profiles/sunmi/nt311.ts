/** Sunmi NT311 and NT310: kitchen cloud printers of 80 mm. */
import type { Profile } from '../../model/profile.js'
import { sunmiCloud80 } from './cloud-80.js'

export const sunmiNt311: Profile = {
  ...sunmiCloud80,
  id: 'sunmi-nt311',
  vendor: 'Sunmi',
  name: 'NT311',
  aliases: ['NT310'],
  sources: {
    ...sunmiCloud80.sources,
    name: 'users: sunmi_cloud_printer, tested devices',
    widthDots: 'users: sunmi-go-sdk, 576 dots on paper of 80 mm',
  },
}
