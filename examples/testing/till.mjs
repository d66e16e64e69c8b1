/** A small till: rings up items, prints the receipt, opens the drawer, and tells the cashier what to do when it does not print. */
import { columns, cut, drawer, field, qr, rule, text } from 'xiaopiao'
import { NotStarted, openPrinter, PartiallyPrinted, Uncertain } from 'xiaopiao/printer'

export class Till {
  #printer
  #items = []
  #last

  constructor(address, profile) {
    this.#printer = openPrinter(address, { profile })
  }

  ring(name, fen, count = 1) {
    this.#items.push({ name, fen, count })
  }

  get totalFen() {
    return this.#items.reduce((sum, { fen, count }) => sum + fen * count, 0)
  }

  /** Prints the receipt of what was rung up. Returns what the screen shows. */
  async pay(order) {
    this.#last = receipt(order, this.#items, this.totalFen)
    this.#items = []
    return this.#print(this.#last)
  }

  /** The last receipt once more, headed 补打: for the button that the screen offers. */
  reprint() {
    return this.#print(this.#last, { marked: true })
  }

  close() {
    return this.#printer.close()
  }

  async #print(job, options = {}) {
    try {
      await this.#printer.print(job, { onPaperOut: 'cancel', timeoutMs: 10_000, ...options })
      return { screen: 'Thank you', buttons: [] }
    } catch (error) {
      if (error instanceof NotStarted) {
        return { screen: `Not printed: ${words[error.reason] ?? error.hint}`, buttons: ['print'] }
      }
      if (error instanceof PartiallyPrinted) {
        return {
          screen: `Only a part was printed: ${words[error.reason] ?? error.hint}`,
          buttons: ['reprint'],
        }
      }
      if (error instanceof Uncertain) {
        const first = words[error.reason]
        return {
          screen: `${first === undefined ? '' : `Please ${first}. `}Look at the receipt: is it whole?`,
          buttons: ['it is', 'reprint'],
        }
      }
      throw error
    }
  }
}

const words = {
  'paper-out': 'put in a new roll',
  'cover-open': 'close the cover',
}

const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`

function receipt(order, items, totalFen) {
  return {
    nodes: [
      text('老城面馆', { align: 'center', size: 2 }),
      text(`单号 ${order}`, { align: 'center' }),
      rule(),
      columns(
        [{ width: '1fr' }, { width: 'auto', align: 'right' }, { width: 10, align: 'right' }],
        items.map(({ name, fen, count }) => [name, `x${count}`, yuan(fen * count)]),
      ),
      rule(),
      field('合计', yuan(totalFen), { bold: true }),
      qr(`https://example.com/r/${order}`, { align: 'center' }),
      drawer(),
      cut(),
    ],
  }
}
