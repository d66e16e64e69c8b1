/** The bytes of a slip: as they were sent, or a template bound and compiled for the printer. */

import { hashOf } from '../../hub-api/content-hash.js'
import { HubError } from '../../hub-api/errors.js'
import type { BoundTemplate, SlipPayload } from '../../hub-api/slip-shapes.js'
import { XiaopiaoError } from '../../model/errors.js'
import type { HubTransaction } from '../db/open-db.js'
import type { LedgerContext } from './context.js'

export interface ReadyPayload {
  readonly hash: string
  readonly bytes: Uint8Array
  readonly segments: readonly object[] | null
  readonly heading: Uint8Array | null
}

export function readyPayload({ bytes, segments, heading }: SlipPayload): ReadyPayload {
  const plain = Buffer.from(bytes, 'base64')
  if (plain.length === 0) {
    throw new HubError('BODY_INVALID', 'the payload has no bytes', { path: 'payload.bytes' })
  }
  return {
    hash: hashOf(plain),
    bytes: plain,
    segments: segments ?? null,
    heading: heading === undefined ? null : Buffer.from(heading, 'base64'),
  }
}

/** @throws HubError `TEMPLATE_UNKNOWN` or `TEMPLATE_INVALID` */
export async function boundPayload(
  trx: HubTransaction,
  bind: LedgerContext['bind'],
  {
    template: wanted,
    profile,
  }: { readonly template: BoundTemplate; readonly profile: string | null },
): Promise<ReadyPayload> {
  const found = await trx
    .selectFrom('template')
    .select('body')
    .where('name', '=', wanted.name)
    .$if(wanted.version !== undefined, (query) =>
      query.where('version', '=', wanted.version as number),
    )
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (found === undefined) {
    throw new HubError('TEMPLATE_UNKNOWN', `no template ${wanted.name} of this version is known`, {
      path: 'template.name',
      hint: 'GET /v1/templates lists those that are there',
    })
  }
  if (profile === null) {
    throw new HubError('TEMPLATE_INVALID', 'the profile of the printer is not known', {
      path: 'printer',
      hint: 'say the profile where the printer is set up, or send bytes',
    })
  }
  try {
    const made = bind(found.body, wanted.data, profile)
    const { bytes, segments = null } = made
    return { hash: hashOf(bytes), bytes, segments, heading: made.reprintHeading?.() ?? null }
  } catch (cause) {
    if (!(cause instanceof XiaopiaoError)) throw cause
    throw new HubError('TEMPLATE_INVALID', cause.message, {
      path: `template.${cause.path ?? 'data'}`,
      hint: cause.hint,
      cause,
    })
  }
}
