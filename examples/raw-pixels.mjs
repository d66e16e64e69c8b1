/** A picture from pixels that the program made itself: no image file, no image library. Writes `pixels.png`. */
import { writeFile } from 'node:fs/promises'
import { compile, image } from 'xiaopiao'
import { paperToPng, printBytes } from 'xiaopiao/emulator'
import { loadImage } from 'xiaopiao/images'
import { generic58 } from 'xiaopiao/profiles/generic-58'

// A disc that grows darker towards its middle: RGBA, as a canvas gives it.
const size = 192
const data = new Uint8ClampedArray(size * size * 4)
for (let y = 0; y < size; y++) {
  for (let x = 0; x < size; x++) {
    const grey = Math.min(255, Math.round((Math.hypot(x - 96, y - 96) / 96) * 255))
    data.set([grey, grey, grey, 255], (y * size + x) * 4)
  }
}
const disc = await loadImage({ data, width: size, height: size })

const receipt = { nodes: [image('disc', { align: 'center', dither: 'floyd-steinberg' })] }
const { bytes } = compile(receipt, { profile: generic58, images: { disc } })
const paper = printBytes(bytes, generic58)
await writeFile('pixels.png', paperToPng(paper))

const black = paper.bitmap.data.reduce(
  (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
  0,
)
console.log(`${paper.widthDots} x ${paper.heightDots} dots, ${black} of them black`)
