/** The ESC/POS language: its commands, encoder, decoder, listing, and the bytes that a printer sends back. */

export {
  type Decoded,
  Decoder,
  type DecoderOptions,
  decodeAll,
  encodeCommand,
  encodeCommands,
  maxTextBytes,
} from './codec.js'
export {
  type Command,
  type CommandKind,
  commandTable,
  specOf,
  type TextCommand,
  type UnknownCommand,
} from './commands/index.js'
export type { Earlier, Field, Fields, Shape, ShapeOf, Spec } from './fields.js'
export { type ListingOptions, type ListingPart, listCommands, listDecoded } from './listing.js'
export {
  askLogoCapacity,
  askLogoFree,
  askLogoKeys,
  deleteLogo,
  printLogo,
  storeLogo,
  storeNvImages,
} from './logo-commands.js'
export { maxCommandBytes } from './long-commands.js'
export {
  type BlockAnswer,
  readBlock,
  type StatusEvent,
  StatusParser,
  type StatusParserOptions,
  type StatusQuery,
} from './status.js'
export {
  encodeAsb,
  encodeRealtimeStatus,
  encodeRequestedStatus,
  factsOfAsb,
  factsOfRealtimeStatus,
  factsOfRequestedStatus,
  type PrinterFacts,
} from './status-facts.js'
