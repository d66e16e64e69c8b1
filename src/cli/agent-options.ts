/** Reads the options of `xiaopiao agent`: printers by name, the door on the LAN, and files of certificates. */

import { readFile } from 'node:fs/promises'
import { findPrinters } from '../discovery/find.js'
import { deviceKeyOf } from '../model/device-key.js'
import { inputError } from './fail.js'
import { readBaseProfile, unreadable } from './input.js'
import { readNumber } from './numbers.js'
import { showDiagnostics } from './output.js'

export interface FolderOption {
  readonly folder: string
}

export interface TlsFiles {
  readonly ca?: string
  readonly cert?: string
  readonly certKey?: string
}

export interface EnrolOptions extends FolderOption, TlsFiles {
  readonly hub: string
  readonly code: string
  readonly name: string
}

export interface RunOptions extends FolderOption, TlsFiles {
  readonly printer: readonly string[]
  readonly lan?: string
  readonly lanCert?: string
  readonly lanCertKey?: string
  readonly lanOrigin: readonly string[]
  readonly poll?: string
  readonly hold?: string
  readonly retry?: string
}

export interface InstallOptions extends RunOptions {
  readonly user: string
  readonly unit: string
  readonly dryRun?: boolean
}

const PRINTER = /^([^=]+)=(.+?)(?:,profile=([^,]+))?$/

/** Reads the values of `--printer`, such as `counter=tcp://192.168.1.50,profile=generic-80`. */
export async function readPrinters(texts: readonly string[]) {
  if (texts.length === 0) throw await noPrinters()
  const printers: Record<
    string,
    { uri: string; profile?: Awaited<ReturnType<typeof readBaseProfile>> }
  > = {}
  for (const text of texts) {
    const [, name, uri, profile] = PRINTER.exec(text) ?? []
    if (name === undefined || uri === undefined || name in printers) {
      const hint = 'write --printer counter=tcp://192.168.1.50,profile=generic-80, each name once'
      throw inputError('PRINTER_INVALID', `--printer ${text} names no printer`, hint)
    }
    printers[name] = {
      uri,
      ...(profile === undefined ? {} : { profile: await readBaseProfile(profile) }),
    }
  }
  return printers
}

/** Tells of printers of this machine that no option names, so that a new printer is noticed although nothing is printed on it. */
export async function showNameless(named: readonly string[]): Promise<void> {
  const known = new Set(named.map(deviceKeyOf))
  const { printers } = await findPrinters()
  for (const { kind, uri, name } of printers) {
    if ((kind !== 'usb' && kind !== 'queue') || known.has(deviceKeyOf(uri))) continue
    const found = name === undefined ? uri : `${uri} (${name})`
    const message = `${found} is here and prints nothing, because it has no name`
    const hint = `--printer NAME=${uri} gives it one`
    showDiagnostics([{ code: 'PRINTER_FOUND', severity: 'info', message, path: '', hint }])
  }
}

async function noPrinters(): Promise<Error> {
  const { printers } = await findPrinters()
  const found = printers.map(({ uri }) => uri).join(', ')
  const hint = found === '' ? 'no printer of this machine was found' : `found here: ${found}`
  const example = 'write --printer counter=tcp://192.168.1.50,profile=generic-80'
  return inputError('PRINTERS_MISSING', 'no printer is named', `${example}; ${hint}`)
}

export async function readLan({ lan, lanCert, lanCertKey, lanOrigin }: RunOptions) {
  if (lan === undefined) return {}
  const [, host, port = ''] = /^(?:(.*):)?(\d+)$/.exec(lan) ?? []
  const rule = { min: 0, max: 65_535, isWhole: true, code: 'PORT_INVALID' }
  const cert = await readPem('cert', lanCert)
  const key = await readPem('key', lanCertKey)
  return {
    lan: {
      port: readNumber('--lan', port, rule),
      ...(host === undefined ? {} : { host: host.replace(/^\[|\]$/g, '') }),
      ...cert,
      ...key,
      origins: lanOrigin,
    },
  }
}

export async function readTls({ ca, cert, certKey }: TlsFiles) {
  const tls = {
    ...(await readPem('ca', ca)),
    ...(await readPem('cert', cert)),
    ...(await readPem('key', certKey)),
  }
  return Object.keys(tls).length === 0 ? {} : { tls }
}

async function readPem(name: string, path: string | undefined): Promise<Record<string, string>> {
  if (path === undefined) return {}
  try {
    return { [name]: await readFile(path, 'utf8') }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}
