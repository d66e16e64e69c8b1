/** The owner of a lock file, written into the file's name, and the check whether that process still lives. */

import { codeOf } from '../model/realms.js'

/** The identity of a process; a field is '0' if the system does not tell it. */
export interface Owner {
  readonly pid: number
  /** When the process began, in ticks since the boot: a later process with the same number is another one. */
  readonly start: string
  /** The boot of the machine, because processes do not live longer than one boot. */
  readonly boot: string
  /** The machine and its container: numbers of processes mean something only within it. */
  readonly space: string
}

/** Whether the process of an owner lives; `unknown` if only the age of its file can tell. */
export type Life = 'alive' | 'dead' | 'unknown'

/** A number that no process has, so that a file with it counts as that of an ended process. */
export const NOBODY = 0

const UNKNOWN = '0'
const NAME = /^(\d{1,10})-(\d{1,20})-([\da-f]{1,8})-([\da-f]{1,8})-[\da-f]{8}$/

let own: Promise<Owner> | undefined

/** Returns the identity of this process. */
export function ownOwner(): Promise<Owner> {
  own ??= describeOwn()
  return own
}

/** The part of a file's name that says whose it is; `unique` has eight hexadecimal digits. */
export function formatOwner({ pid, start, boot, space }: Owner, unique: string): string {
  return [pid, start, boot, space, unique].join('-')
}

/** Parses the owner in a file's name; undefined if the library does not write such a name. */
export function parseOwner(text: string): Owner | undefined {
  const [, pid, start, boot, space] = NAME.exec(text) ?? []
  if (pid === undefined || start === undefined) return undefined
  if (boot === undefined || space === undefined) return undefined
  return { pid: Number(pid), start, boot, space }
}

/** Whether the owner lives, seen from `self`. */
export async function lifeOf(owner: Owner, self: Owner): Promise<Life> {
  if (owner.pid === NOBODY) return 'dead'
  // Another machine or container: its numbers say nothing here.
  if (owner.space !== self.space) return 'unknown'
  if (owner.boot !== self.boot) return 'dead'
  if (!exists(owner.pid)) return 'dead'
  const now = await startOf(owner.pid)
  if (owner.start === UNKNOWN || now === UNKNOWN) return 'unknown'
  return owner.start === now ? 'alive' : 'dead'
}

function exists(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return codeOf(error) !== 'ESRCH'
  }
}

async function describeOwn(): Promise<Owner> {
  const { hostname } = await import('node:os')
  const { createHash } = await import('node:crypto')
  const { readFile, readlink } = await import('node:fs/promises')
  const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined)
  const numbers = await readlink('/proc/self/ns/pid').catch(() => '')
  return {
    pid: process.pid,
    start: await startOf(process.pid),
    boot: boot === undefined ? UNKNOWN : short(boot),
    space: short(`${hostname()} ${numbers}`),
  }
}

/** Field 22 of /proc/PID/stat. */
async function startOf(pid: number): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name of the program, which may hold blanks and brackets.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN
    return /^\d+$/.test(start) ? start : UNKNOWN
  } catch {
    return UNKNOWN
  }
}
