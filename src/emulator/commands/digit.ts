/** Commands count 0 and "0" (48) and so on as the same value. */
export function digit(n: number): number {
  return n >= 48 && n <= 57 ? n - 48 : n
}
