/** The meaning of the bits in a printer's status answers, as one table for reading and for writing them. */

/**
 * The facts of an answer. A fact that the answer does not carry is absent, and absent means unknown, never "all
 * right".
 */
export interface PrinterFacts {
  /** Connector pin 3; whether high is open or closed depends on the drawer. */
  readonly drawerPinHigh?: boolean
  readonly offline?: boolean
  readonly coverOpen?: boolean
  readonly feedingByButton?: boolean
  /** Printing has stopped because the paper is out. */
  readonly stoppedByPaperEnd?: boolean
  readonly error?: boolean
  readonly waitingForRecovery?: boolean
  readonly feedButton?: boolean
  readonly recoverableError?: boolean
  readonly cutterError?: boolean
  readonly unrecoverableError?: boolean
  /** A hot head, or the cover opened while printing. */
  readonly autoRecoverableError?: boolean
  readonly paperNearEnd?: boolean
  readonly paperEnd?: boolean
}

type Bits = readonly (readonly [mask: number, fact: keyof PrinterFacts])[]

/** DLE EOT 1 to 4: Epson TM-T88III specification p. 84, and the online page of DLE EOT. */
const realtimeBits: Readonly<Record<number, Bits>> = {
  1: [
    [0x04, 'drawerPinHigh'],
    [0x08, 'offline'],
    [0x20, 'waitingForRecovery'],
    [0x40, 'feedButton'],
  ],
  2: [
    [0x04, 'coverOpen'],
    [0x08, 'feedingByButton'],
    [0x20, 'stoppedByPaperEnd'],
    [0x40, 'error'],
  ],
  3: [
    [0x04, 'recoverableError'],
    [0x08, 'cutterError'],
    [0x20, 'unrecoverableError'],
    [0x40, 'autoRecoverableError'],
  ],
  4: [
    [0x0c, 'paperNearEnd'],
    [0x60, 'paperEnd'],
  ],
}

/** GS a: the four bytes of automatic status back. TM-T88III specification p. 144. */
const asbBits: readonly Bits[] = [
  [
    [0x04, 'drawerPinHigh'],
    [0x08, 'offline'],
    [0x20, 'coverOpen'],
    [0x40, 'feedingByButton'],
  ],
  [
    [0x01, 'waitingForRecovery'],
    [0x02, 'feedButton'],
    [0x04, 'recoverableError'],
    [0x08, 'cutterError'],
    [0x20, 'unrecoverableError'],
    [0x40, 'autoRecoverableError'],
  ],
  [
    [0x03, 'paperNearEnd'],
    [0x0c, 'paperEnd'],
  ],
  [],
]

/** GS r 1 and 2. */
const requestedBits: Readonly<Record<number, Bits>> = {
  1: [
    [0x03, 'paperNearEnd'],
    [0x0c, 'paperEnd'],
  ],
  2: [[0x01, 'drawerPinHigh']],
}

/**
 * Reads the facts in the answer to DLE EOT `n`; empty for other n than 1 to 4.
 *
 * @example
 * factsOfRealtimeStatus(4, 0x12) // { paperNearEnd: false, paperEnd: false }
 */
export function factsOfRealtimeStatus(n: number, byte: number): PrinterFacts {
  return readBits(realtimeBits[n] ?? [], byte)
}

/**
 * Reads the facts in the answer to GS r `n` (1, 2, 49, 50); empty for other n.
 *
 * @example
 * factsOfRequestedStatus(1, 0x00) // { paperNearEnd: false, paperEnd: false }
 */
export function factsOfRequestedStatus(n: number, byte: number): PrinterFacts {
  return readBits(requestedBits[n >= 48 ? n - 48 : n] ?? [], byte)
}

/**
 * Reads the facts in the four bytes of automatic status back.
 *
 * @example
 * factsOfAsb(Uint8Array.of(0x10, 0, 0, 0x0f)).offline // false
 */
export function factsOfAsb(bytes: Uint8Array): PrinterFacts {
  return Object.assign({}, ...asbBits.map((bits, i) => readBits(bits, bytes[i] ?? 0)))
}

/**
 * Returns the byte with which a printer in this state answers DLE EOT `n`.
 *
 * @example
 * encodeRealtimeStatus(1, { offline: true }) // 26
 */
export function encodeRealtimeStatus(n: number, facts: PrinterFacts): number {
  return 0x12 | writeBits(realtimeBits[n] ?? [], facts)
}

/**
 * Returns the byte with which a printer in this state answers GS r `n`.
 *
 * @example
 * encodeRequestedStatus(1, { paperEnd: true }) // 12
 */
export function encodeRequestedStatus(n: number, facts: PrinterFacts): number {
  return writeBits(requestedBits[n >= 48 ? n - 48 : n] ?? [], facts)
}

/**
 * Returns the four bytes of automatic status back of a printer in this state.
 *
 * @example
 * encodeAsb({ coverOpen: true }) // Uint8Array.of(0x30, 0x00, 0x00, 0x0f)
 */
export function encodeAsb(facts: PrinterFacts): Uint8Array {
  const bytes = Uint8Array.from(asbBits, (bits) => writeBits(bits, facts))
  bytes[0] = (bytes[0] as number) | 0x10
  bytes[3] = 0x0f
  return bytes
}

function readBits(bits: Bits, byte: number): PrinterFacts {
  const facts: { -readonly [F in keyof PrinterFacts]: PrinterFacts[F] } = {}
  for (const [mask, fact] of bits) facts[fact] = (byte & mask) !== 0
  return facts
}

function writeBits(bits: Bits, facts: PrinterFacts): number {
  let byte = 0
  for (const [mask, fact] of bits) if (facts[fact] === true) byte |= mask
  return byte
}
