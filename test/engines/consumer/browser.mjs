/** Runs in a browser: plain text at once, drawn characters and a preview after `preload`. */
import { compile, qr, symbol, text } from 'xiaopiao'
import { preload } from 'xiaopiao/preload'
import { paperToPng, paperToText, printBytes } from 'xiaopiao/preview'
import { generic58 } from 'xiaopiao/profiles/generic-58'

const bytesOf = (...nodes) => compile({ nodes }, { profile: generic58 }).bytes

function codeOf(run) {
  try {
    run()
    return 'nothing was thrown'
  } catch (error) {
    return `${error.name} ${error.code}`
  }
}

export async function run() {
  const plain = bytesOf(text('合计 ￥12.50'), qr('https://example.com/i/48'))
  const early = [
    codeOf(() => bytesOf(text('𠮷'))),
    codeOf(() => bytesOf(symbol('pdf417', 'abc'))),
    codeOf(() => printBytes(plain, generic58)),
  ]
  await preload()
  const drawn = bytesOf(text('小票 𠮷 🧋 é'), symbol('pdf417', 'abc'))
  const paper = printBytes(drawn, generic58)
  return {
    early,
    plain: plain.join(),
    drawn: drawn.join(),
    dots: paper.bitmap.data.join(),
    text: paperToText(paper),
    isPng: paperToPng(paper)[1] === 0x50,
  }
}

globalThis.xiaopiaoResult = run()
