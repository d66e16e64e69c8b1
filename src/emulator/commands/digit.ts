/** Returns the value of a parameter in which the digits "0" (48) to "9" mean 0 to 9. */
export function digit(n: number): number {
  return n >= 48 && n <= 57 ? n - 48 : n
}
