/**
 * The documents of Epson Server Direct Print. A job is a picture in ePOS-Print XML: `PrintRequestInfo` without any wrapper, because firmware
 * silently drops documents that are wrapped in SOAP.
 */

import type { Bitmap } from '../model/bitmap.js'
import type { DirectResult } from './direct-rules.js'

const EPOS_PRINT = 'http://www.epson-pos.com/schemas/2011/03/epos-print'
/** Time that the printer may need. With 10 s, printers were seen to give up long slips. */
const TIMEOUT_MS = 60_000
/** Longest document that printers accept, in characters. */
const MOST_CHARACTERS = 2_000_000

/** Makes the XML of a job; undefined if it is longer than printers accept. */
export function jobXml(
  printJobId: string,
  { widthDots, heightDots, data }: Bitmap,
): string | undefined {
  const dots = Buffer.from(data).toString('base64')
  const xml = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<PrintRequestInfo Version="2.00"><ePOSPrint>',
    `<Parameter><devid>local_printer</devid><timeout>${TIMEOUT_MS}</timeout><printjobid>${printJobId}</printjobid></Parameter>`,
    `<PrintData><epos-print xmlns="${EPOS_PRINT}">`,
    `<image width="${widthDots}" height="${heightDots}" color="color_1" mode="mono">${dots}</image>`,
    '<cut type="feed"/></epos-print></PrintData></ePOSPrint></PrintRequestInfo>',
  ].join('')
  return xml.length > MOST_CHARACTERS ? undefined : xml
}

/** Reads the results in `ResponseFile`; empty if the text has none. */
export function readResults(xml: string): readonly DirectResult[] {
  return [...xml.matchAll(/<ePOSPrint\b[\s\S]*?<\/ePOSPrint>/g)].flatMap(([job]) => {
    const [response] = /<response\b[^>]*>/.exec(job) ?? []
    if (response === undefined) return []
    const printJobId = /<printjobid>\s*([^<\s]+)\s*<\/printjobid>/.exec(job)?.[1]
    const success = /^(?:true|1)$/.test(attribute(response, 'success') ?? '')
    const code = attribute(response, 'code') ?? ''
    return [{ printJobId, success, code, status: numberOf(attribute(response, 'status')) }]
  })
}

/** Reads the printer's own status bits in `Status`; undefined if the text has none. */
export function readStatus(xml: string): number | undefined {
  const all = [...xml.matchAll(/<printerstatus\b[^>]*>/g)].map(([element]) => element)
  const own = all.find((element) => attribute(element, 'devicename') === 'local_printer') ?? all[0]
  return own === undefined ? undefined : numberOf(attribute(own, 'asbstatus'))
}

function attribute(element: string, name: string): string | undefined {
  const [, , value] = new RegExp(`\\s${name}\\s*=\\s*(["'])(.*?)\\1`).exec(element) ?? []
  return value
}

/** Reads a number, which is decimal in results and hexadecimal (0x…) in statuses. */
function numberOf(text: string | undefined): number | undefined {
  const number = Number(text === '' ? undefined : text)
  return Number.isInteger(number) ? number : undefined
}
