/** The script of the status page. It asks the hub's API with the key that the visitor has typed, and asks again every few seconds. */

export const PAGE_SCRIPT = `'use strict'
const byId = (id) => document.getElementById(id)
const REFRESH_MS = 3000
const STATES = ['accepted', 'offered', 'taken', 'printing', 'printed', 'processed', 'accepted-by-printer', 'handed-over', 'not-started', 'partial', 'uncertain', 'unconfirmed', 'expired', 'cancelled']
const GOOD = ['printed', 'processed', 'accepted-by-printer', 'handed-over']
const DOUBT = ['partial', 'uncertain', 'unconfirmed']
const kept = sessionStorage
let language = localStorage.getItem('language') || (navigator.language.startsWith('zh') ? 'zh' : 'en')
let stores = new Map()
let printers = new Map()
let agents = new Map()
/** Histories that are open stay open when the page is drawn again. */
const opened = new Set()
const histories = new Map()
const busy = new Set()

const word = (name) => WORDS[language][name] || name

function element(name, className, ...children) {
  const made = document.createElement(name)
  made.className = className
  made.append(...children.filter((child) => child !== undefined))
  return made
}

function speak() {
  document.documentElement.lang = language
  document.title = word('title')
  for (const one of document.querySelectorAll('[data-word]')) one.textContent = word(one.dataset.word)
  byId('find').placeholder = word('find')
  const { value } = byId('state')
  byId('state').replaceChildren(option('', word('all')), ...STATES.map((state) => option(state, word('state.' + state))))
  byId('state').value = value
}

function option(value, text) {
  const made = element('option', '', text)
  made.value = value
  return made
}

class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { authorization: 'Bearer ' + kept.getItem('key'), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const json = await answer.json()
  if (!answer.ok) throw new Refused(answer.status, json.error ? json.error.message : String(answer.status))
  return json
}

async function refresh() {
  const state = byId('state').value
  const key = byId('find').value.trim()
  const query = new URLSearchParams({ limit: '50', ...(state ? { state } : {}), ...(key ? { key } : {}) })
  const [storeList, printerList, agentList, open, some] = await Promise.all(
    ['/v1/stores', '/v1/printers', '/v1/agents', '/v1/slips?state=open&limit=50', '/v1/slips?' + query].map((path) => ask('GET', path)),
  )
  stores = new Map(storeList.stores.map((one) => [one.id, one]))
  printers = new Map(printerList.printers.map((one) => [one.id, one]))
  agents = new Map(agentList.agents.map((one) => [one.id, one]))
  drawOpen(open.slips)
  drawPrinters()
  drawSlips(some.slips)
}

/** A reason that the page has no word for is shown as it is. */
const because = (reason) => (reason ? WORDS[language]['reason.' + reason] || reason : reason)
const nameOf = (map, id) => (map.get(id) || {}).name || '–'
const timeOf = (text) => (text ? new Date(text).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false }) : '–')
const stateOf = (slip) => (slip.unconfirmed ? 'unconfirmed' : slip.state)
const toneOf = (state) => (GOOD.includes(state) ? 'ok' : DOUBT.includes(state) ? 'warn' : state === 'expired' || state === 'cancelled' ? 'bad' : '')
const tag = (slip) => element('span', 'tag ' + toneOf(stateOf(slip)), word('state.' + stateOf(slip)))

function facts(pairs) {
  const list = element('dl', '')
  for (const [name, value] of pairs) if (value) list.append(element('dt', '', word(name)), element('dd', '', value))
  return list
}

function drawOpen(slips) {
  byId('open-count').textContent = slips.length || ''
  byId('open-none').hidden = slips.length > 0
  byId('open-why').hidden = slips.length === 0
  byId('open-list').replaceChildren(...slips.map(card))
}

function card(slip) {
  const agent = agents.get(slip.agent)
  const printer = printers.get(slip.printer)
  const box = element('li', '', element('strong', '', slip.title && slip.title !== slip.key ? slip.title + ' · ' + slip.key : slip.key))
  box.dataset.slip = slip.id
  box.append(facts([
    ['state', tag(slip)],
    ['reason', slip.unconfirmed ? word('silent') : because(slip.reason)],
    ['store', nameOf(stores, slip.store)],
    ['printer', nameOf(printers, slip.printer) + (printer ? ' · ' + word(conditionOf(printer)[0]) : '')],
    ['holder', agent && agent.name + ' · ' + word(agent.online ? 'online' : 'offline') + (agent.seenAt ? ' · ' + timeOf(agent.seenAt) : '')],
    ['reach', slip.reach && slip.reach.printed + ' / ' + slip.reach.segments],
    ['when', timeOf(slip.takenAt || slip.createdAt)],
    ['copyOf', slip.marked ? word('wantedBy') + ' ' + slip.wantedBy : undefined],
  ]))
  box.append(historyOf(slip))
  const seen = element('button', '', word('seen'))
  const copy = element('button', 'strong', word('copy'))
  for (const one of [seen, copy]) one.type = 'button'
  seen.disabled = copy.disabled = busy.has(slip.id)
  seen.onclick = () => decide(slip, () => ask('POST', '/v1/slips/' + slip.id + '/seen', { by: person() }))
  copy.onclick = () => wantCopy(slip)
  box.append(element('div', 'two', seen, copy))
  return box
}

function historyOf(slip) {
  const list = element('ol', '')
  const box = element('details', '', element('summary', '', word('history')), list)
  const draw = (events) => {
    list.replaceChildren(...events.map((one) => element('li', '', timeOf(one.atHub) + ' · ' + word('what.' + one.what) + (one.detail.outcome ? ' · ' + word('state.' + one.detail.outcome) : '') + (one.detail.reason ? ' · ' + because(one.detail.reason) : ''))))
  }
  draw(histories.get(slip.id) || [])
  box.open = opened.has(slip.id)
  box.ontoggle = async () => {
    if (!box.open) return void opened.delete(slip.id)
    opened.add(slip.id)
    const { events } = await ask('GET', '/v1/slips/' + slip.id)
    histories.set(slip.id, events)
    draw(events)
  }
  return box
}

const person = () => byId('person').value.trim()

async function decide(slip, work) {
  if (person() === '') return byId('person').focus()
  busy.add(slip.id)
  try {
    await work()
  } catch (error) {
    alert(error.message)
  }
  busy.delete(slip.id)
  await look()
}

function wantCopy(slip) {
  if (person() === '') return byId('person').focus()
  const dialog = byId('ask')
  byId('ask-key').textContent = slip.key
  byId('ask-reason').value = word('copyReason')
  dialog.returnValue = ''
  dialog.onclose = () => {
    if (dialog.returnValue !== 'yes') return
    const reason = byId('ask-reason').value.trim()
    decide(slip, () => ask('POST', '/v1/slips/' + slip.id + '/copies', { by: person(), reason }))
  }
  dialog.showModal()
}

/** The worst that is known of a printer, in a word and a colour. */
function conditionOf({ status }) {
  if (!status) return ['is.unknown', '']
  if (status.online === false && status.error === 'no-connection') return ['is.gone', 'bad']
  if (status.cover === 'open') return ['is.open', 'bad']
  if (status.paper === 'end') return ['is.end', 'bad']
  if (status.error !== 'none' && status.error !== 'unknown') return ['is.error', 'bad']
  if (status.paper === 'near-end') return ['is.near-end', 'warn']
  return status.online === 'unknown' ? ['is.unknown', ''] : ['is.ready', 'ok']
}

function drawPrinters() {
  const all = [...printers.values()]
  byId('printer-count').textContent = all.length || ''
  byId('printer-none').hidden = all.length > 0
  const parts = []
  for (const store of stores.values()) {
    const own = all.filter((printer) => printer.store === store.id)
    if (own.length === 0) continue
    parts.push(element('h3', '', store.name), element('ul', 'printers', ...own.map(printerItem)))
  }
  byId('stores').replaceChildren(...parts)
}

function printerItem(printer) {
  const agent = agents.get(printer.agent)
  const [name, tone] = conditionOf(printer)
  const count = printer.waiting > 0 ? element('span', 'count', word('waiting') + ' ' + printer.waiting) : undefined
  const who = agent ? agent.name + ' · ' + word(agent.online ? 'online' : 'offline') : word('agent') + ': ' + word('none')
  return element('li', '', element('i', agent && !agent.online ? 'bad' : tone), element('b', '', printer.name), count || element('span', ''), element('small', '', word(name) + ' · ' + who))
}

function drawSlips(slips) {
  byId('slip-none').hidden = slips.length > 0
  byId('slips').hidden = slips.length === 0
  byId('slips').tBodies[0].replaceChildren(...slips.map((slip) => {
    const state = element('td', '', tag(slip))
    if (slip.reason) state.append(element('small', '', because(slip.reason)))
    if (slip.decision) state.append(element('small', '', word('decided') + ' · ' + slip.decision.by))
    const key = element('td', '', slip.key)
    if (slip.marked) key.append(element('small', '', word('copyOf') + ' · ' + slip.wantedBy))
    const row = element('tr', '', key, state, element('td', '', nameOf(printers, slip.printer), element('small', '', nameOf(stores, slip.store))), element('td', '', timeOf(slip.createdAt)))
    row.dataset.key = slip.key
    return row
  }))
}

let round = 0
async function look() {
  const own = ++round
  try {
    await refresh()
    byId('away').hidden = true
    enterWith(true)
  } catch (error) {
    if (error.status === 401 || error.status === 403) {
      kept.removeItem('key')
      enterWith(false)
      byId('wrong').textContent = word('keyWrong')
    } else byId('away').hidden = false
  }
  if (own === round && kept.getItem('key') !== null) setTimeout(() => own === round && look(), REFRESH_MS)
}

function enterWith(isIn) {
  byId('door').hidden = isIn
  for (const id of ['all', 'leave', 'who']) byId(id).hidden = !isIn
}

byId('door').onsubmit = (event) => {
  event.preventDefault()
  byId('wrong').textContent = ''
  kept.setItem('key', byId('key').value.trim())
  kept.setItem('person', byId('name').value.trim())
  byId('key').value = ''
  byId('person').value = kept.getItem('person')
  look()
}
byId('leave').onclick = () => {
  kept.removeItem('key')
  round++
  enterWith(false)
}
byId('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', language)
  speak()
  if (kept.getItem('key') !== null) look()
}
byId('person').onchange = () => kept.setItem('person', person())
byId('state').onchange = look
byId('find').oninput = look

speak()
// A demonstration hands its key over in the part of the address that is not sent.
const given = new URLSearchParams(location.hash.slice(1))
if (given.has('key')) {
  kept.setItem('key', given.get('key'))
  kept.setItem('person', given.get('person') || '')
  history.replaceState(null, '', location.pathname)
}
byId('person').value = kept.getItem('person') || ''
if (kept.getItem('key') !== null) look()
`
