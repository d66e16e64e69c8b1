export function profileFiles(): readonly { id: string; name: string; path: string }[]
