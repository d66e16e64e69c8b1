/** Masks card numbers in messages, because messages are logged and a log must not hold a card number. */

/** 13 to 19 digits in a row or more, plain or full-width, with at most one blank, hyphen, dot or underscore between two. */
const CARD_NUMBER = /[0-9０-９](?:[\s\-‐‑–—－._・·]?[0-9０-９]){12,}/g

/**
 * The text with a star for each digit of what may be a card number.
 * @example withoutCardNumbers('found "6222 0212 3456 7890"') // 'found "**** **** **** ****"'
 */
export function withoutCardNumbers(text: string): string {
  return text.replace(CARD_NUMBER, (digits) => digits.replace(/[0-9０-９]/g, '*'))
}
