/** The live page of the virtual printer: what it does. Paper comes as rows of one bit and is drawn dot by dot. */

export const PAGE_SCRIPT = `'use strict'
const byId = (id) => document.getElementById(id)
const desk = byId('desk')
/** A canvas has a greatest height; long paper is several. */
const tileRows = 512
/** Older ones are at /papers. */
const mostPapers = 40
const ink = [38, 36, 34]
let format
let present

function element(name, className, ...children) {
  const made = document.createElement(name)
  made.className = className
  made.append(...children)
  return made
}

function newPaper(number) {
  const box = element('div', '')
  const figure = element('figure', 'paper', box)
  const side = (format.paperDots - format.widthDots) / 2
  figure.style.margin = '0'
  figure.style.padding = '12px ' + side + 'px 0'
  box.style.width = format.widthDots + 'px'
  figure.dataset.number = number
  return { number, figure, box, tiles: [], rows: 0 }
}

function show(paper, rows) {
  paper.rows = rows
  paper.box.style.height = rows + 'px'
  if (rows > 0) byId('empty').hidden = true
}

function tile(paper, index) {
  while (paper.tiles.length <= index) {
    const canvas = element('canvas', '')
    canvas.width = format.widthDots
    canvas.height = tileRows
    paper.box.append(canvas)
    paper.tiles.push(canvas.getContext('2d', { willReadFrequently: true }))
  }
  return paper.tiles[index]
}

/** Packed rows, leftmost dot in the high bit, 1 is black. */
function drawRows(paper, y, heightDots, bytes) {
  const stride = (format.widthDots + 7) >> 3
  for (let row = 0; row < heightDots; ) {
    const at = y + row
    const count = Math.min(heightDots - row, tileRows - (at % tileRows))
    const picture = new ImageData(format.widthDots, count)
    for (let line = 0; line < count; line++) {
      for (let x = 0; x < format.widthDots; x++) {
        if ((bytes[(row + line) * stride + (x >> 3)] & (0x80 >> (x & 7))) === 0) continue
        const pixel = (line * format.widthDots + x) * 4
        picture.data[pixel] = ink[0]
        picture.data[pixel + 1] = ink[1]
        picture.data[pixel + 2] = ink[2]
        picture.data[pixel + 3] = 255
      }
    }
    tile(paper, Math.floor(at / tileRows)).putImageData(picture, 0, at % tileRows)
    row += count
  }
  show(paper, Math.max(paper.rows, y + heightDots))
}

function begin(number) {
  present = newPaper(number)
  byId('present').replaceChildren(present.figure)
}

/** The paper leaves the printer: torn or cut off. */
function finish(paper, mode) {
  paper.figure.classList.add('cut')
  paper.figure.style.margin = '0 0 ' + (mode === 'partial' ? 20 : 36) + 'px'
  paper.figure.style.paddingBottom = '4px'
  byId('papers').append(paper.figure)
  while (byId('papers').children.length > mostPapers) byId('papers').firstChild.remove()
  caption(paper.figure, paper.number)
}

function caption(figure, number) {
  const link = (form) => {
    const made = element('a', '', form)
    made.href = '/papers/' + number + '.' + form
    made.target = '_blank'
    return made
  }
  figure.append(element('figcaption', '', '#' + number, link('png'), link('txt'), link('json')))
}

async function showOlder() {
  const papers = await (await fetch('/papers')).json()
  const older = papers.filter(({ number }) => number < present.number).slice(-mostPapers)
  byId('papers').replaceChildren()
  for (const { number, widthDots, heightDots, cut } of older) {
    const paper = newPaper(number)
    const image = element('img', '')
    image.src = '/papers/' + number + '.png'
    image.width = widthDots
    image.height = heightDots
    paper.box.append(image)
    show(paper, heightDots)
    finish(paper, cut)
  }
}

/** Follows the paper, unless someone looks further up. */
let isFollowing = true
let willScroll = false
desk.addEventListener('scroll', () => {
  if (!willScroll) isFollowing = desk.scrollHeight - desk.scrollTop - desk.clientHeight < 120
})
function follow() {
  if (!isFollowing || willScroll) return
  willScroll = true
  requestAnimationFrame(() => {
    desk.scrollTop = desk.scrollHeight
    requestAnimationFrame(() => {
      willScroll = false
    })
  })
}

function log(...words) {
  const time = new Date().toTimeString().slice(0, 8)
  byId('log').prepend(element('li', '', time + ' ', ...words))
  while (byId('log').children.length > 100) byId('log').lastChild.remove()
}

const texts = {
  online: { true: ['ok', '联机 online'], false: ['bad', '脱机 offline'] },
  paper: { ok: ['ok', '有纸 ok'], 'near-end': ['warn', '将尽 near end'], end: ['bad', '缺纸 out'] },
  cover: { closed: ['ok', '合上 closed'], open: ['bad', '打开 open'] },
  error: {
    none: ['ok', '无 none'], cutter: ['bad', '切刀 cutter'], recoverable: ['bad', '机械 mechanical'],
    unrecoverable: ['bad', '不可恢复 fatal'], 'auto-recoverable': ['warn', '过热 too hot'],
  },
  drawerPin: { low: ['', '关 closed'], high: ['warn', '开 open'] },
}
const lamps = { online: 'online', paper: 'paper', cover: 'cover', error: 'error', drawerPin: 'drawer' }
let before

function showState(state) {
  for (const [field, name] of Object.entries(lamps)) {
    const [kind, words] = texts[field][state[field]]
    const lamp = byId('lamp-' + name)
    lamp.className = kind
    lamp.querySelector('b').textContent = words
    if (before && before[field] !== state[field]) log(element('b', '', words))
  }
  byId('power').className = state.online ? 'ok' : 'bad'
  byId('busy').className = state.printing ? 'on' : ''
  byId('model').textContent = state.printer
  byId('uri').textContent = state.uri
  byId('printed').textContent = state.printedMm.toFixed(1) + ' mm'
  byId('left').textContent = state.paperLeftMm === null ? '∞' : state.paperLeftMm.toFixed(1) + ' mm'
  byId('cuts').textContent = state.cuts
  byId('jobs').textContent = state.jobs
  byId('buffered').textContent = state.bufferedBytes + ' B'
  byId('waiting').replaceChildren(...state.faults.map((fault) => element('li', '', fault)))
  for (const button of document.querySelectorAll('[data-fault]')) {
    button.disabled = !button.dataset.is.split(' ').includes(state[button.dataset.when])
    button.hidden = button.disabled && 'swap' in button.dataset
  }
  before = state
}

async function fault(script) {
  const answer = await fetch('/fault', { method: 'POST', body: script })
  byId('wrong').textContent = answer.ok ? '' : (await answer.json()).error
  return answer.ok
}

for (const button of document.querySelectorAll('[data-fault]')) {
  button.addEventListener('click', () => fault(button.dataset.fault + '@now'))
}
byId('script').addEventListener('submit', async (event) => {
  event.preventDefault()
  if (await fault(byId('fault').value)) byId('fault').value = ''
})

const events = new EventSource('/events')
const on = (name, act) =>
  events.addEventListener(name, ({ data }) => {
    act(JSON.parse(data))
    follow()
  })
on('hello', (hello) => {
  format = hello
  begin(hello.number)
  showOlder()
})
on('rows', ({ y, heightDots, data }) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
  drawRows(present, y, heightDots, bytes)
})
on('cut', ({ number, mode, heightDots }) => {
  show(present, heightDots)
  finish(present, mode)
  begin(number + 1)
  log(mode === 'torn' ? '撕下 torn off · ' : '切纸 cut · ', element('b', '', '#' + number))
})
on('restarted', ({ number }) => {
  if (number !== present.number) finish(present)
  begin(number)
  log(element('b', '', '断电重启 power cut'))
})
on('pulse', ({ pin }) => log('钱箱脉冲 drawer pulse · ', element('b', '', 'pin ' + pin)))
on('fault', (event) => log('故障 fault · ', element('b', '', event.fault)))
on('state', showState)
events.addEventListener('error', () => {
  byId('power').className = ''
})
`
