/** Binds a tenant's template to its data and compiles it for a printer. */

import { compileJson } from '../compile.js'
import type { PrintJob } from '../model/print-job.js'
import { findProfile } from '../profiles/find-profile.js'
import { bindValue } from '../template/bind.js'

/** @throws XiaopiaoError with the path of the fault in the template or the data */
export function bindTemplate(template: unknown, data: unknown, profileId: string): PrintJob {
  return compileJson(bindValue(template, data), { profile: findProfile(profileId) })
}
