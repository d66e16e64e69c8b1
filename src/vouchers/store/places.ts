/** Names of terminals, batches and vouchers, as the maps of a transaction and the chains use them. */

import type { BatchTable, VoucherRow } from './tables.js'

/** The numbers of batches begin again when a terminal is reset, so its epoch is part of each name. */
export type TerminalPlace = Pick<BatchTable, 'merchant' | 'terminal' | 'epoch'>
export type BatchPlace = TerminalPlace & Pick<BatchTable, 'batch'>
export type VoucherPlace = BatchPlace & Pick<VoucherRow, 'number'>
/** The columns needed of a voucher that shares its key or number with a trade. */
export type KnownVoucher = Pick<VoucherRow, 'id' | 'content' | 'number' | 'batch' | 'day'>

export function terminalName({ merchant, terminal }: Omit<TerminalPlace, 'epoch'>): string {
  return `${merchant}/${terminal}`
}

/** The chain of a terminal. Two merchants may have terminals of the same number, and a reset one begins another chain. */
export function chainOf(place: TerminalPlace): string {
  return place.epoch === 0 ? terminalName(place) : `${terminalName(place)}#${place.epoch}`
}

export function batchName(place: BatchPlace): string {
  return `${chainOf(place)}/${place.batch}`
}

export function placeName(place: VoucherPlace): string {
  return `${batchName(place)}/${place.number}`
}
