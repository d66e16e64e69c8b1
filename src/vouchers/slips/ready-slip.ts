/** Slips that an acquirer sends ready-made, as text. */

import type { Diagnostic, Profile, Receipt, ReceiptNode } from '../../index.js'
import { VoucherError } from '../errors.js'
import type { SlipReprint } from './slip-data.js'

/**
 * A slip that the acquirer sends ready-made: its lines are printed unchanged, each on a new line of paper. A line
 * that is wider than the paper goes on in the next one; `checkReadySlip` names such lines.
 * @throws VoucherError `TEXT_INVALID` if the text is empty
 *
 * @example
 * readySlip('签购单\n金额: RMB 12.00').nodes.length // 2
 */
export function readySlip(text: string): Receipt {
  const lines = linesOf(text)
  if (lines.every((line) => line.trim() === '')) {
    throw new VoucherError('the ready-made slip has no text', {
      code: 'TEXT_INVALID',
      path: 'text',
      hint: 'give the slip as the acquirer sends it',
    })
  }
  return { nodes: [{ kind: 'text', text: lines.join('\n'), wrap: 'char' }, { kind: 'cut' }] }
}

/**
 * One warning `LINE_WRAPPED` for each line that is wider than the paper, because the acquirer has laid the slip out for another width.
 *
 * @example
 * const found = await checkReadySlip('签购单 '.repeat(20), generic58)
 * found.map(({ code }) => code) // ['LINE_WRAPPED']
 */
export async function checkReadySlip(
  text: string,
  profile: Profile,
): Promise<readonly Diagnostic[]> {
  const { compile } = await import('../../index.js')
  const nodes = linesOf(text).map(
    (line): ReceiptNode => ({ kind: 'text', text: line, wrap: 'none' }),
  )
  return compile({ nodes }, { profile })
    .diagnostics.filter(({ code }) => code === 'TEXT_CLIPPED')
    .map(({ path }) => {
      const line = Number(/\d+/.exec(path)?.[0]) + 1
      return {
        code: 'LINE_WRAPPED',
        severity: 'warning',
        path: `text:${line}`,
        message: `line ${line} of the ready-made slip is wider than the paper and goes on in the next line`,
        hint: 'ask the acquirer for slips of this paper width, or print on wider paper',
      }
    })
}

/** The slip headed as a reprint: its own lines stay unchanged. */
export function markReadySlip(slip: Receipt, { at, count, uncertain }: SlipReprint): Receipt {
  const time = `${at.slice(0, 10)} ${at.slice(11, 16)}`
  const lines = [
    `重打印:${time} 第${count}次`,
    ...(uncertain ? ['前一次打印结果不确定，请核对是否重复'] : []),
  ]
  return {
    ...slip,
    nodes: [
      { kind: 'text', text: '*** 重打印凭证 DUPLICATED ***', align: 'center' },
      { kind: 'text', text: lines.join('\n') },
      ...slip.nodes,
    ],
  }
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
}
