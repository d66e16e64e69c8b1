export function packGlyphs(baked: Uint8Array): Uint8Array
