/** The six slips as templates. A shop can copy one, change it, and pass it under the same name. */

import card from './card.json' with { type: 'json' }
import cash from './cash.json' with { type: 'json' }
import detail from './detail.json' with { type: 'json' }
import report from './report.json' with { type: 'json' }
import scan from './scan.json' with { type: 'json' }
import settlement from './settlement.json' with { type: 'json' }

/** Names of the slips: `card`, `scan` and `cash` for trades, the others for a batch and a day. */
export const SLIP_NAMES = ['card', 'scan', 'cash', 'settlement', 'detail', 'report'] as const
export type SlipName = (typeof SLIP_NAMES)[number]

/** Templates of a shop, by the name of the slip that they replace. */
export type SlipTemplates = Partial<Readonly<Record<SlipName, object>>>

/**
 * The templates that come with the library.
 *
 * @example writeFileSync('card.json', JSON.stringify(SLIP_TEMPLATES.card, null, 2))
 */
export const SLIP_TEMPLATES: Readonly<Record<SlipName, object>> = {
  card,
  scan,
  cash,
  settlement,
  detail,
  report,
}
