/** Ids of version 7: they sort by time, so that the order of a printer's slips is that of their ids. */

import { v7 } from 'uuid'

export function newId(): string {
  return v7()
}
