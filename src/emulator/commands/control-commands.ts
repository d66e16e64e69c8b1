/** The commands that do more than print: they ask, pulse, write NV memory and run the macro. They need no paper. */
import { decodeAll, encodeCommand } from '../../encoders/escpos/codec.js'
import type { Command, CommandKind } from '../../encoders/escpos/commands/index.js'
import type { Control } from '../control.js'
import { writeNvGraphics } from '../pictures/write-graphics.js'
import { digit } from './digit.js'
import { macroCommands } from './macro-commands.js'

type ControlHandlers = {
  readonly [Kind in CommandKind]?: (
    control: Control,
    command: Extract<Command, { readonly kind: Kind }>,
    offset: number,
  ) => void
}

const ACK = 0x06

export const askingCommands = {
  statusRequest: ({ report }, { n }, offset) => report({ kind: 'status-asked', n }, offset),
  paperStatus: ({ report }, _, offset) => report({ kind: 'status-asked', n: 1 }, offset),
  deviceStatus: ({ report }, _, offset) => report({ kind: 'status-asked', n: 2 }, offset),
  printerId: ({ report }, { n }, offset) => report({ kind: 'identity-asked', n }, offset),
  autoStatus: ({ report }, { n }, offset) => report({ kind: 'auto-status', groups: n }, offset),
  drawerPulse: ({ report }, { m, t1, t2 }, offset) => {
    const pin = digit(m) === 1 ? 5 : 2
    report({ kind: 'pulse', pin, onMs: t1 * 2, offMs: t2 * 2 }, offset)
  },
  unknown: ({ report }, { bytes, reason }, offset) => {
    report({ kind: 'unknown', bytes, reason }, offset)
    if (bytes[0] === ACK) report({ kind: 'acknowledged' }, offset)
  },
} satisfies ControlHandlers

/** Commands that change the printer and leave no mark on the paper. */
export const quietCommands = {
  processId: ({ report }, { data }, offset) => report({ kind: 'process-id', id: data }, offset),
  offlineResponse: ({ report }, { n }, offset) => {
    report({ kind: 'offline-response', isOn: n % 48 !== 0 }, offset)
  },
  /** Function 20: pairs of a request, 1 (pulse) or 2 (power off), and whether the request is obeyed. */
  realtimeCommands: ({ report }, { m, settings }, offset) => {
    if (m !== 20) return
    const rights: { pulse?: boolean; powerOff?: boolean } = {}
    for (let i = 0; i + 1 < settings.length; i += 2) {
      const isObeyed = (settings[i + 1] ?? 0) % 48 === 1
      if (settings[i] === 1) rights.pulse = isObeyed
      if (settings[i] === 2) rights.powerOff = isObeyed
    }
    report({ kind: 'realtime-rights', ...rights }, offset)
  },
  graphicsNvCapacity: ({ report, nvGraphics }, _, offset) => {
    report({ kind: 'logo-capacity-asked', bytes: nvGraphics.capacityBytes }, offset)
  },
  graphicsNvFree: ({ report, nvGraphics }, _, offset) => {
    report({ kind: 'logo-room-asked', bytes: nvGraphics.freeBytes }, offset)
  },
  graphicsNvKeys: ({ report, nvGraphics }, _, offset) => {
    report({ kind: 'logo-keys-asked', keys: nvGraphics.keys }, offset)
  },
} satisfies ControlHandlers

/** Writes NV memory. A picture that does not fit is not kept, so it cannot be printed later. */
export const writeNv = ({ report, nvGraphics }: Control, command: Command, offset: number) => {
  const isKept = writeNvGraphics(nvGraphics, command)
  if (isKept !== undefined) report({ kind: 'nv-write', isKept }, offset)
}

export const nvCommands = {
  graphicsNvDefineRaster: writeNv,
  graphicsNvDefineRasterLong: writeNv,
  graphicsNvDefineColumn: writeNv,
  graphicsNvDefineColumnLong: writeNv,
  graphicsNvDelete: writeNv,
  graphicsNvDeleteAll: writeNv,
} satisfies ControlHandlers

/** Reports that automatic status is off, because `ESC @` ends it. */
export function endAutoStatus({ report }: Control, offset: number): void {
  report({ kind: 'auto-status', groups: 0 }, offset)
}

const handlers: ControlHandlers = {
  ...askingCommands,
  ...quietCommands,
  ...nvCommands,
  defineBmpGraphics: writeNv,
  initialize: (control, _, offset) => endAutoStatus(control, offset),
  ...macroCommands<Control>((control, bytes, offset) => {
    for (const { command } of decodeAll(bytes)) obey(control, command, offset)
  }),
}

/** Executes a command on a printer without paper, of which only the effects remain. */
export function executeControl(control: Control, command: Command, offset: number): void {
  control.macro.record(command, encodeCommand)
  obey(control, command, offset)
}

/** Whether a command of this kind may report an effect, directly or because it runs other commands. */
export function hasEffects(kind: CommandKind): boolean {
  return kind in handlers || kind === 'barcodeB'
}

function obey(control: Control, command: Command, offset: number): void {
  handlers[command.kind]?.(control, command as never, offset)
}
