/** Node reads glyph files and the generator of symbols at their first use, so there is nothing to load before. */
export async function loadData(): Promise<void> {}
