/** Ranges of the letters that are read from right to left, for a character class in a regular expression with the flag `u`. */
export const RIGHT_TO_LEFT_RANGES = String.raw`\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}`
