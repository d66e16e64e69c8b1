export function readCorpus(): Promise<Uint8Array[]>
