/** Makes slips that are kept with a voucher without being printed. */

import {
  CALLBACK,
  LIST_OF_TEXTS,
  needed,
  OBJECT,
  type OptionRules,
  PROFILE,
  readOptions,
  TEXT,
} from '../../model/options.js'
import type { Settings } from '../settings.js'
import { makeCopies, type SlipOf } from './make-copies.js'
import { makeSlip } from './make-slip.js'
import type { SlipMaker, SlipMaking } from './slip-making.js'

const RULES: OptionRules<SlipMaking> = {
  profile: needed(PROFILE),
  templates: OBJECT,
  images: OBJECT,
  app: TEXT,
  linkOf: CALLBACK,
  copies: LIST_OF_TEXTS,
  ready: OBJECT,
}

/**
 * Returns a maker of slips for `keepSlips`, and for the option `slips` of `createArchive` and `openArchive`, with which the slips of a
 * trade that is not printed are kept at once.
 *
 * @throws OptionError when an option is unknown or has a value that it cannot have
 *
 * @example
 * const archive = await createArchive('shop.db', { slips: slipMaker({ profile: generic58 }) })
 * await archive.changeSettings({ ask: 'never' }, { by: '01', now: new Date() })
 * const { id } = await archive.add(trade, { now: new Date() })
 * const kept = await archive.slips(id)
 * kept?.copies.map(({ name }) => name) // ['merchant', 'cardholder']
 * await archive.close()
 */
export function slipMaker(making: SlipMaking): SlipMaker {
  const given = readOptions<SlipMaking>('slipMaker', making, RULES)
  const slipOf: SlipOf = ({ record, settings, original }, name, all) => {
    const options = {
      copy: { name, number: all.indexOf(name) + 1, of: all.length },
      ...(given.app === undefined ? {} : { app: given.app }),
      ...(given.linkOf === undefined ? {} : { link: given.linkOf(record) }),
      ...(original === undefined ? {} : { original }),
    }
    return makeSlip(record, withoutLogo(settings, given), options, given.templates)
  }
  return (voucher) => makeCopies(voucher, given, slipOf)
}

/** The settings without the logo if its picture was not given. */
function withoutLogo(settings: Settings, { images }: SlipMaking): Settings {
  const { logo, fields } = settings
  if (logo === undefined || images?.[logo] !== undefined) return settings
  return { ...settings, fields: { ...fields, logo: false } }
}
