/** A request whose caller is known and whose shape has been checked. */

import type * as z from 'zod/mini'
import type { ROUTES, RouteName } from '../../hub-api/routes.js'

type Route<N extends RouteName> = (typeof ROUTES)[N]
type BodyOf<N extends RouteName> =
  Route<N> extends { readonly body: infer S extends z.ZodMiniType } ? z.infer<S> : undefined
type QueryOf<N extends RouteName> =
  Route<N> extends {
    readonly query: infer S extends z.ZodMiniType
  }
    ? z.infer<S>
    : undefined

export interface Call<N extends RouteName> {
  readonly tenant: string
  /** Empty if no agent asks. */
  readonly agent: string
  readonly body: BodyOf<N>
  readonly query: QueryOf<N>
  readonly params: Readonly<Record<string, string>>
  /** The name by which the hub was reached, without port. */
  readonly host: string
}

export type Reply =
  | { readonly status: 200 | 201; readonly json: object }
  | { readonly status: 200; readonly bytes: Uint8Array }
  | { readonly status: 204 }

export type Handlers = { readonly [N in RouteName]: (call: Call<N>) => Promise<Reply> }
