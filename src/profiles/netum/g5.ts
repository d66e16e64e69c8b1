/** Netum G5: 58 mm, known by its USB id only. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const netumG5: Profile = {
  ...generic58,
  id: 'netum-g5',
  vendor: 'Netum',
  name: 'G5',
  usb: ['0483:5a11'],
  aliases: [],
  sources: { ...generic58.sources, usb: 'users: node-usb #464', widthDots: 'guessed: 58 mm paper' },
}
