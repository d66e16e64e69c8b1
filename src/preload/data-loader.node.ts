/** In Node there is no need to load anything: glyph files and the generator of symbols are read at their first use. */
export async function loadData(): Promise<void> {}
