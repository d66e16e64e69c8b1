/** Slips that an acquirer sends ready-made, as text. */

import type { Receipt } from '../../elements/nodes.js'
import { maskCardNumbers } from '../card-numbers.js'
import { VoucherError } from '../errors.js'
import type { SlipReprint } from './slip-data.js'

/**
 * Makes a receipt from a slip that the acquirer sends ready-made: its lines are printed unchanged, each on a new line of paper. A line
 * that is wider than the paper continues in the next one; `checkReadySlip` names such lines.
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

/** Puts the mark of a reprint above a slip, whose lines stay unchanged. */
export function markReadySlip(slip: Receipt, reprint: SlipReprint): Receipt {
  return { ...slip, nodes: [...reprintMark(reprint), ...slip.nodes] }
}

/** The mark of a reprint as lines above a slip, for slips that cannot be marked inside. */
export function reprintMark({ at, count, uncertain }: SlipReprint): Receipt['nodes'] {
  const time = `${at.slice(0, 10)} ${at.slice(11, 16)}`
  const lines = [
    `重打印:${time} 第${count}次`,
    ...(uncertain ? ['前一次打印结果不确定，请核对是否重复'] : []),
  ]
  return [
    { kind: 'text', text: '*** 重打印凭证 DUPLICATED ***', align: 'center' },
    { kind: 'text', text: lines.join('\n') },
  ]
}

/**
 * The slip as it is kept: card numbers in its text are masked, because an acquirer may print them whole on a pre-authorisation, and the
 * store must not keep them. The printed slip is not masked.
 */
export function withoutCardNumbers(slip: Receipt): Receipt {
  return {
    ...slip,
    nodes: slip.nodes.map((node) =>
      node.kind === 'text' && typeof node.text === 'string'
        ? { ...node, text: maskCardNumbers(node.text) }
        : node,
    ),
  }
}

/** Splits an acquirer's text into lines, with line ends of any kind. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
}
