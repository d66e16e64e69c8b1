/** Whether a slip is signed, and the sentence that is printed if it is not (免密免签). */

import { yuanOf } from '../amount-text.js'
import type { VoucherRecord } from '../archive.js'

export interface SignatureRule {
  /** Whether the merchant's copy has a line for the signature. */
  readonly signed: boolean
  /** The sentence about the exemption, or empty text. */
  readonly text: string
}

/**
 * Decides from what the terminal has reported about the verification. The limits are part of the trade, because they differ between
 * acquirers and change over the years.
 */
export function signatureOf(record: Pick<VoucherRecord, 'kind' | 'type' | 'cvm'>): SignatureRule {
  if (record.kind === 'cash') return { signed: false, text: '' }
  if (record.kind === 'ec') return { signed: false, text: '电子现金交易，无需签名' }
  if (record.kind !== 'card') return { signed: false, text: '扫码交易，免签名' }
  const { noSign = false, noPin = false, cdcvm = false } = record.cvm ?? {}
  const { signLimitFen, pinLimitFen } = record.cvm ?? {}
  if (!noSign && !noPin) return { signed: true, text: '' }
  if (cdcvm) return { signed: false, text: '移动设备已验证用户，免密免签' }
  if (noSign && noPin) {
    const limits = [signLimitFen, pinLimitFen].filter((limit) => limit !== undefined)
    const smaller = limits.length === 0 ? undefined : Math.min(...limits)
    return { signed: false, text: `${below(smaller)}免密免签` }
  }
  return noSign
    ? { signed: false, text: `${below(signLimitFen)}免签名` }
    : { signed: true, text: `${below(pinLimitFen)}无需输密` }
}

function below(limitFen: number | undefined): string {
  if (limitFen === undefined) return ''
  return `交易金额未超${yuanOf(limitFen)}元，`
}
