/** Reads the body of a request, up to a limit. */

import type { IncomingMessage } from 'node:http'
import { HubError } from '../../hub-api/errors.js'

const LONGEST_BODY = 4 * 1024 * 1024

/**
 * Reads the body from Node's own request, because a web stream on top of it costs more than all the rest of a short request. The limit counts
 * during reading too, because a chunked body does not declare its length, and a stranger could fill the memory with one.
 *
 * @throws HubError `BODY_TOO_LARGE`, `BODY_INVALID` if the connection ends before the body does
 */
export function readBody(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) {
    return Promise.reject(tooLarge())
  }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    const take = (part: Buffer) => {
      length += part.length
      if (length <= LONGEST_BODY) parts.push(part)
      else {
        // The request is paused and not destroyed, so that the answer is sent before the connection ends.
        request.off('data', take).pause()
        reject(tooLarge())
      }
    }
    const end = () => reject(new HubError('BODY_INVALID', 'the body is not whole'))
    request
      .on('data', take)
      .once('end', () => resolve(Buffer.concat(parts, length)))
      .once('error', end)
      .once('close', end)
  })
}

function tooLarge(): HubError {
  return new HubError('BODY_TOO_LARGE', `a body has at most ${LONGEST_BODY} bytes`)
}
