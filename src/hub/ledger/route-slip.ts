/** Chooses the printer for a slip of a role: a pure function of the store's routes. */

export interface Route {
  readonly role: string
  readonly category: string | null
  readonly printer: string
  readonly position: number
  /** Whether the printer's agent is connected. */
  readonly isOnline: boolean
}

/**
 * Returns the printer for a role and category. If the category has no route, the routes of the role without a category are used. Of several printers
 * it is the first one whose agent is online, and if none is, the first one: the slip waits there, because an agent that is away may have the same
 * slip from the POS in its store.
 *
 * @example routeSlip(routes, { role: 'kitchen', category: 'noodles' })
 */
export function routeSlip(
  routes: readonly Route[],
  wanted: { readonly role: string; readonly category?: string | undefined },
): string | undefined {
  const ofRole = routes.filter(({ role }) => role === wanted.role)
  const exact = ofRole.filter(({ category }) => category === (wanted.category ?? null))
  const all = exact.length > 0 ? exact : ofRole.filter(({ category }) => category === null)
  const inOrder = all.toSorted((a, b) => a.position - b.position)
  return (inOrder.find(({ isOnline }) => isOnline) ?? inOrder[0])?.printer
}
