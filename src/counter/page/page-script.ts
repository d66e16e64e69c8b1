/**
 * Script of the counter's page: its views and their requests to the program. It is long because every view is here, in the order in which
 * a user meets them.
 */

export const PAGE_SCRIPT = `'use strict'
const state = { shop: {}, view: 'trade' }
const VIEWS = { trade: showTradeForm, find: showFind, settle: showSettle, data: showData }
const TYPES = {
  cash: ['sale'],
  card: ['sale', 'preauth', 'installment', 'balance'],
  wechat: ['scan-sale'],
  alipay: ['scan-sale'],
  'unionpay-qr': ['scan-sale'],
  ec: ['ec-sale', 'ec-load', 'balance'],
}
/** What only a manager may do. */
const NEEDS_MANAGER = ['refund', 'scan-refund']

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-counter-token': state.token || '' },
    body: JSON.stringify(body),
  }
  let response
  let answer
  try {
    response = await fetch(path, options)
    answer = await response.json()
  } catch {
    throw { code: 'OFFLINE' }
  }
  if (response.ok || answer.voucher || answer.settlement) return answer
  if (response.status === 401) signedOut()
  throw answer.error
}

function take(session) {
  state.shop = session.shop
  state.operator = session.operator
  state.token = session.token
  state.copies = session.copies || []
  frame()
}

/** What is around the views. */
function frame() {
  document.documentElement.lang = language === 'zh' ? 'zh' : 'en'
  document.title = state.shop.name ? state.shop.name + ' · ' + word('counter') : word('counter')
  byId('shop').textContent = state.shop.name || word('counter')
  byId('terminal').textContent = word('terminal') + ' ' + (state.shop.terminal || '')
  byId('language').textContent = language === 'zh' ? 'English' : '中文'
  byId('who').textContent = state.operator ? state.operator.name + ' · ' + nameOf('roles', state.operator.role) : ''
  byId('sign-out').textContent = word('signOut')
  const isIn = state.operator !== undefined && !state.operator.isFirstPin
  byId('sign-out').hidden = state.operator === undefined
  byId('tabs').hidden = !isIn
  byId('desk').hidden = !isIn
  byId('tabs').replaceChildren(...Object.keys(VIEWS).map((view, index) =>
    button(word(view), () => go(view), {
      'aria-current': state.view === view ? 'page' : undefined,
      accesskey: String(index + 1),
      'data-view': view,
    })))
  byId('desk-title').textContent = word(state.shop.showsPaper ? 'paper' : 'slip')
}

function put(...contents) {
  byId('work').replaceChildren(...contents.filter((one) => one !== undefined))
  const first = byId('work').querySelector('[autofocus]')
  if (first) first.focus({ preventScroll: true })
  else byId('work').focus({ preventScroll: true })
}

function go(view) {
  state.view = view
  state.voucher = undefined
  window.scrollTo(0, 0)
  frame()
  VIEWS[view]()
  showPapers()
}

let saying
function say(text) {
  byId('said').textContent = text
  clearTimeout(saying)
  saying = setTimeout(() => byId('said').replaceChildren(), 4000)
}

function signedOut() {
  state.operator = undefined
  state.token = undefined
  frame()
  showSignIn()
}

function showSignIn() {
  const wrong = make('div', {})
  const form = make('form', { class: 'card narrow' }, make('h1', {}, word('signIn')),
    field('no', word('operatorNo'), { required: true, autofocus: true, maxlength: '20' }),
    pinField('pin', word('pin')), wrong,
    make('button', { class: 'primary wide' }, word('signIn')))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      take(await ask('/api/sign-in', typed(form)))
      if (state.operator.isFirstPin) showFirstPin()
      else go('trade')
    } catch (error) {
      wrong.replaceChildren(alertBox(error))
      form.elements.pin.value = ''
      form.elements.pin.focus()
    }
  })
  put(form)
}

function showFirstPin() {
  const wrong = make('div', {})
  const form = make('form', { class: 'card narrow' }, make('h1', {}, word('firstPinTitle')),
    make('p', {}, word('firstPinWhy')),
    pinField('old', word('oldPin'), { autofocus: true }), pinField('next', word('newPin')), wrong,
    make('button', { class: 'primary wide' }, word('save')))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      take(await ask('/api/pin', typed(form)))
      go('trade')
    } catch (error) {
      wrong.replaceChildren(alertBox(error))
    }
  })
  put(form)
}

function showTradeForm() {
  const form = make('form', { class: 'card' })
  // A trade that is sent again after a lost answer keeps its key, so that it is recorded once.
  const key = crypto.randomUUID()
  const wrong = make('div', {})
  const details = make('div', { class: 'details' })
  const send = make('button', { class: 'primary wide', id: 'take' })
  const changeBack = make('output', { class: 'change' })
  const now = () => typed(form)

  function drawDetails() {
    const { kind, type } = now()
    const types = TYPES[kind]
    const chosen = types.includes(type) ? type : types[0]
    const isScan = chosen === 'scan-sale'
    const hasCard = kind === 'card' || kind === 'ec'
    details.replaceChildren(...[
      types.length === 1
        ? make('input', { type: 'hidden', name: 'type', value: chosen })
        : choices('type', word('kindOfTrade'), types.map((one) => [one, nameOf('types', one)]), chosen, drawDetails),
      kind === 'cash' ? field('tendered', word('tendered'), { inputmode: 'decimal' }) : undefined,
      kind === 'cash' ? changeBack : undefined,
      hasCard ? field('pan', word('pan'), { inputmode: 'numeric', hint: word('panHint') }) : undefined,
      chosen === 'installment' ? field('periods', word('periods'), { inputmode: 'numeric', required: true, maxlength: '2' }) : undefined,
      isScan ? field('payVoucher', word('payVoucher')) : undefined,
      make('details', {}, make('summary', {}, word('more')),
        make('div', { class: 'pairs' },
          hasCard ? field('auth', word('auth')) : undefined,
          hasCard ? field('ref', word('ref')) : undefined,
          hasCard ? field('voucher', word('voucherNo'), { inputmode: 'numeric' }) : undefined,
          hasCard && chosen === 'sale' ? field('tip', word('tip'), { inputmode: 'decimal' }) : undefined,
          field('orderNo', word('orderNo')), field('remarks', word('remarks'))),
        kind === 'cash' ? undefined : make('label', { class: 'check' },
          make('input', { type: 'checkbox', name: 'result', value: 'unknown' }), word('noAnswer'))),
    ].filter((one) => one !== undefined))
    form.elements.amount.required = chosen !== 'balance'
    amountRow.hidden = chosen === 'balance'
    label()
  }

  function label() {
    const { amount = '', tendered = '', type } = now()
    const fen = fenOf(amount)
    send.textContent = type === 'balance' ? word('record') : word('take') + (fen ? ' ' + yuan(fen) : '')
    const back = (fenOf(tendered) || 0) - (fen || 0)
    changeBack.textContent = tendered !== '' && back >= 0 ? word('change') + ' ' + yuan(back) : ''
  }

  const amountRow = field('amount', word('amount'), { inputmode: 'decimal', autofocus: true, class: 'amount', placeholder: '0.00', maxlength: '20' })
  form.append(amountRow,
    choices('kind', word('method'), Object.keys(TYPES).map((kind) => [kind, nameOf('kinds', kind)]), 'cash', drawDetails),
    details, wrong, send)
  form.addEventListener('input', label)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    send.disabled = true
    try {
      const answer = await ask('/api/trades', { ...now(), key })
      showVoucher(answer)
      if (answer.slip === 'print') await print()
    } catch (error) {
      wrong.replaceChildren(alertBox(error))
    } finally {
      send.disabled = false
    }
  })
  put(form)
  drawDetails()
}

/** A voucher with what may be done with it; state.printing says that its slip is on the way. */
function showVoucher(answer) {
  state.voucher = answer
  const { voucher, followers, slip } = answer
  const { type, kind, result, chargedFen, tipFen } = voucher
  const done = voucher.prints.filter(({ outcome }) => outcome !== 'failed')
  const open = state.copies.filter((copy) => !done.some((print) => print.copy === copy))
  const isNew = state.view === 'trade'
  const isAsked = slip === 'ask' && isNew && done.length === 0 && !state.printing && !state.skipped
  const tone = result === 'unknown' ? 'warn' : voucher.state === 'effective' ? 'good' : 'plain'
  put(make('article', { class: 'card', 'data-voucher': voucher.id },
    make('header', { class: 'sum' },
      make('div', {},
        make('p', {}, nameOf('types', type) + ' · ' + nameOf('kinds', kind)),
        make('h1', {}, type === 'balance' ? nameOf('types', type) : yuan(chargedFen))),
      make('span', { class: 'state ' + tone }, result === 'approved' ? nameOf('states', voucher.state) : word(result))),
    answer.error ? alertBox(answer.error) : undefined,
    result === 'unknown' ? make('section', { class: 'ask' }, make('h2', {}, word('unknownTitle')), make('p', {}, word('unknownNote')),
      make('div', { class: 'buttons' }, ['approved', 'declined', 'reversed'].map((one) =>
        button(word(one), () => act(ask(path('resolve'), { result: one })), { class: 'plain' })))) : undefined,
    isAsked ? make('section', { class: 'ask', id: 'ask' }, make('h2', {}, word('printAsk')),
      make('div', { class: 'buttons' }, button(word('skip'), skip, { class: 'plain', id: 'skip' }),
        button(word('print'), answeredPrint, { class: 'primary', autofocus: true, id: 'print' }))) : undefined,
    slip === 'none' || isAsked ? undefined : make('section', { id: 'prints' }, make('h2', {}, word('prints')),
      state.printing ? make('p', { class: 'busy' }, word('printing')) : undefined,
      voucher.prints.length === 0 && !state.printing ? make('p', { class: 'soft' }, word('notPrinted')) : undefined,
      make('ul', { class: 'proofs' }, voucher.prints.map(proof)),
      make('div', { class: 'buttons' },
        open.length > 0 && !state.printing
          ? button(done.length > 0 ? word('printRest') : word('print'), () => print(), { class: 'plain', id: 'print' }) : undefined,
        done.length > 0 && !state.printing ? button(word('reprint'), askReprint, { class: 'plain', id: 'reprint' }) : undefined)),
    facts([
      [word('voucherNo'), voucher.batch + ' / ' + voucher.voucher],
      [word('time'), timeOf(voucher.at)],
      [word('operator'), voucher.operator],
      [word('approvedBy'), voucher.approvedBy],
      [word('card'), voucher.panShown],
      [word('auth'), voucher.auth],
      [word('ref'), voucher.ref],
      [word('payVoucher'), voucher.payVoucher],
      [word('periods'), voucher.periods && String(voucher.periods)],
      [word('tip'), tipFen && yuan(tipFen)],
      [word('tendered'), voucher.tenderedFen && yuan(voucher.tenderedFen)],
      [word('change'), voucher.tenderedFen && yuan(voucher.tenderedFen - chargedFen)],
      [word('rest'), voucher.refundableFen > 0 && voucher.state === 'part-refunded' ? yuan(voucher.refundableFen) : undefined],
      [word('orderNo'), voucher.orderNo],
      [word('remarks'), voucher.remarks],
    ]),
    make('footer', { class: 'buttons' },
      isAsked ? [] : followers.map((one) => button(nameOf('types', one) + '…', () => askFollow(one), { class: 'plain', 'data-follow': one })),
      isNew ? button(word('next'), () => go('trade'), { class: isAsked ? 'plain' : 'primary', id: 'next' })
        : button(word('back'), () => state.found ? showFind(state.found) : go('find'), { class: 'plain' }))))
  showPapers()
}

function path(what) {
  return '/api/vouchers/' + state.voucher.voucher.id + '/' + what
}

/** An error that is no answer about the voucher is shown over the one that is there. */
async function act(asking) {
  const before = state.voucher
  try {
    showVoucher(await asking)
  } catch (error) {
    if (state.operator) showVoucher({ ...before, error })
  }
}

async function print(what, body) {
  state.printing = true
  showVoucher({ ...state.voucher, error: undefined })
  const watching = setInterval(showPapers, 700)
  try {
    const answer = await ask(path(what || 'print'), body || {})
    state.printing = false
    showVoucher(answer)
  } catch (error) {
    state.printing = false
    if (what) throw error
    if (state.operator) showVoucher({ ...state.voucher, error })
  } finally {
    state.printing = false
    clearInterval(watching)
    showPapers()
  }
}

async function answeredPrint() {
  await ask(path('answer'), { answer: 'print' }).catch(() => {})
  await print()
}

async function skip() {
  state.skipped = true
  try {
    const { opened } = await ask(path('answer'), { answer: 'skip' })
    if (opened) say(word('drawerOpened'))
    showVoucher(state.voucher)
  } catch (error) {
    showVoucher({ ...state.voucher, error })
  } finally {
    state.skipped = false
  }
  const next = byId('next')
  if (next) next.focus()
}

/** The number and PIN of a manager, unless one is signed in. */
function approvalFields() {
  if (state.operator.role === 'manager') return []
  return [make('fieldset', { class: 'approval' }, make('legend', {}, word('managerTitle')),
    make('div', { class: 'pairs' }, field('managerNo', word('managerNo'), { required: true }), pinField('managerPin', word('managerPin'))))]
}

function withApproval({ managerNo, managerPin, ...values }) {
  return managerNo === undefined ? values : { ...values, approval: { no: managerNo, pin: managerPin } }
}

function askReprint() {
  const names = [...new Set([...state.copies, ...state.voucher.voucher.prints.map(({ copy }) => copy)])]
  const uncertain = state.voucher.voucher.prints.find(({ outcome }) => outcome === 'uncertain')
  const chosen = uncertain ? uncertain.copy : names.includes('cardholder') ? 'cardholder' : names[0]
  question(word('reprintTitle'), [make('p', {}, word('reprintNote')),
    make('fieldset', { class: 'checks' }, make('legend', {}, word('copies')), names.map((copy) => make('label', { class: 'check' },
      make('input', { type: 'checkbox', name: 'copies', value: copy, checked: copy === chosen }), nameOf('copies', copy)))),
    field('why', word('why'), { required: true, placeholder: word('whyHint'), maxlength: '200' }), ...approvalFields()],
  word('print'), async (values) => print('reprint', withApproval(values)))
}

function askFollow(type) {
  const { voucher } = state.voucher
  const isPart = ['refund', 'scan-refund', 'preauth-add', 'preauth-complete'].includes(type)
  const most = NEEDS_MANAGER.includes(type) ? voucher.refundableFen : voucher.chargedFen
  const key = crypto.randomUUID()
  question(nameOf('types', type), [
    isPart
      ? field('amount', NEEDS_MANAGER.includes(type) ? word('refundAmount') : word('amount'), {
        inputmode: 'decimal', required: true, class: 'amount',
        value: type === 'preauth-add' ? undefined : yuan(most).slice(1),
        hint: type === 'preauth-add' ? undefined : word('atMost') + ' ' + yuan(most) })
      : make('p', { class: 'whole' }, word('whole') + ' ', make('b', {}, yuan(voucher.chargedFen))),
    field('reason', word('why'), { maxlength: '200' }),
    ...(NEEDS_MANAGER.includes(type) ? approvalFields() : [])],
  nameOf('types', type), async (values) => {
    const answer = await ask(path('follow'), { ...withApproval(values), type, key })
    state.view = 'trade'
    frame()
    showVoucher(answer)
    if (answer.slip === 'print') await print()
  })
}

async function showFind(again) {
  const form = make('form', { class: 'card' }, make('h1', {}, word('find')),
    make('div', { class: 'pairs' },
      field('amount', word('searchAmount'), { inputmode: 'decimal', autofocus: !again, placeholder: word('searchAmountHint') }),
      field('day', word('searchDay'), { type: 'date' }),
      field('voucher', word('searchNumber'), { inputmode: 'numeric' }),
      field('code', word('searchCode'))),
    make('button', { class: 'primary' }, word('search')))
  const results = make('section', { id: 'results' })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    state.found = typed(form)
    await search()
  })
  async function search() {
    try {
      const { vouchers } = await ask('/api/vouchers?' + new URLSearchParams(state.found || { amount: '' }))
      results.replaceChildren(vouchers.length === 0 ? make('p', { class: 'soft' }, word('none'))
        : make('ul', { class: 'rows' }, vouchers.map(row)))
    } catch (error) {
      results.replaceChildren(alertBox(error))
    }
  }
  put(form, results)
  for (const [name, value] of Object.entries(again || {})) form.elements[name].value = value
  await search()
}

function row(voucher) {
  const { id, at, type, kind, chargedFen, result, prints } = voucher
  const isUncertain = prints.some(({ outcome }) => outcome === 'uncertain')
  const standing = result !== 'approved' ? word(result) : voucher.state === 'effective' ? '' : nameOf('states', voucher.state)
  return make('li', {}, make('button', { type: 'button', 'data-id': id, 'data-fen': chargedFen, onclick: () => openVoucher(id) },
    make('span', { class: 'when' }, timeOf(at).slice(5, 16), make('small', {}, voucher.batch + ' / ' + voucher.voucher)),
    make('span', { class: 'what' }, nameOf('types', type) + ' · ' + nameOf('kinds', kind),
      make('small', {}, [standing, isUncertain ? word('uncertain') : ''].filter(Boolean).join(' · '))),
    make('b', {}, yuan(chargedFen))))
}

async function openVoucher(id) {
  state.view = 'find'
  frame()
  showVoucher(await ask('/api/vouchers/' + id))
}

async function showSettle() {
  put(make('div', { class: 'card' }, make('p', { class: 'soft' }, word('wait'))))
  const { day, totals } = await ask('/api/day')
  // Somebody may have gone on to another view in the meantime.
  if (state.view !== 'settle') return
  put(make('div', { class: 'card' }, make('h1', {}, word('today') + ' ' + day),
    totals.rows.length === 0 ? make('p', { class: 'soft' }, word('nothingToday')) : sums(totals),
    make('section', { class: 'ask' }, make('h2', {}, word('settleTitle')), make('p', {}, word('settleNote')),
      make('div', { class: 'buttons' }, button(word('settleNow'), () =>
        question(word('settleSure'), [], word('settleNow'), settle), { class: 'primary', id: 'settle' })))))
  showPapers()
}

function sums(totals) {
  const line = (name, count, fen) => make('tr', {}, make('th', { scope: 'row' }, name),
    make('td', {}, String(count)), make('td', {}, yuan(fen)))
  return make('table', {},
    make('thead', {}, make('tr', {}, make('th', {}, ''), make('th', {}, word('count')), make('th', {}, word('sum')))),
    make('tbody', {}, totals.rows.map((group) => line(nameOf('kinds', group.kind), group.count, group.fen))),
    make('tfoot', {}, line(word('total'), totals.count, totals.fen)))
}

async function settle() {
  const answer = await ask('/api/settle', {})
  const { batch, count, fen, seal, unknown, repeated } = answer.settlement
  put(make('div', { class: 'card', id: 'settled' }, make('h1', {}, word('settled') + ' ' + batch),
    repeated ? make('p', { class: 'soft' }, word('settledBefore')) : undefined,
    make('p', { class: 'big' }, count + ' · ' + yuan(fen)),
    make('div', { class: 'seal' }, make('span', {}, word('seal')), make('code', {}, seal.slice(0, 16).replace(/(....)(?=.)/g, '$1 '))),
    unknown.length > 0 ? make('p', { class: 'alert' }, unknown.length + ' ' + word('openTrades')) : undefined,
    answer.error ? alertBox(answer.error) : make('p', { class: 'proof confirmed' }, word('settlePrinted')),
    make('div', { class: 'buttons' }, answer.error || repeated ? button(word('settleAgain'), settle, { class: 'plain' }) : undefined,
      button(word('ok'), () => go('trade'), { class: 'primary', autofocus: true }))))
  showPapers()
}

/** How long ago the last backup was made: with a warning once it is a week. */
function ageOf({ last, now }) {
  const days = last ? Math.floor((Date.parse(now) - Date.parse(last.at)) / 86400000) : undefined
  const text = days === undefined ? word('never') : days === 0 ? word('today0') : days + ' ' + word('daysAgo')
  return make('p', { class: 'age ' + (days === undefined || days >= 7 ? 'warn' : ''), id: 'age' }, word('lastBackup') + ': ' + text)
}

async function showData() {
  const card = make('div', { class: 'card' }, make('p', { class: 'soft' }, word('wait')))
  put(card)
  const standing = await ask('/api/backup')
  if (state.view !== 'data') return
  const told = make('div', {})
  const send = make('button', { class: 'primary', id: 'back-up' }, word('backUpNow'))
  const form = make('form', { class: 'ask' }, make('h2', {}, word('backup')), make('p', {}, word('backupNote')),
    pinless('password', word('password'), word('passwordHint')), told, send)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    send.disabled = true
    try {
      const { backup } = await ask('/api/backup', typed(form))
      told.replaceChildren(make('p', { class: 'proof confirmed' }, word('backedUp')), facts([
        [word('file'), backup.file],
        [word('records'), String(backup.entries)],
        [word('seal'), backup.seal.slice(0, 16)],
        [word('state'), word(backup.encrypted ? 'encrypted' : 'notEncrypted')],
      ]))
      byId('age').replaceWith(ageOf({ last: backup, now: backup.at }))
      form.reset()
    } catch (error) {
      told.replaceChildren(alertBox(error))
    } finally {
      send.disabled = false
    }
  })
  card.replaceChildren(...[make('h1', {}, word('data')), ageOf(standing), standing.isOffered ? form : undefined, exportForm()].filter(Boolean))
}

function exportForm() {
  const told = make('div', {})
  const send = make('button', { class: 'plain', id: 'export' }, word('exportNow'))
  const form = make('form', { class: 'ask' }, make('h2', {}, word('exportTitle')), make('p', {}, word('exportNote')),
    make('div', { class: 'pairs' }, field('from', word('from'), { type: 'date' }), field('to', word('to'), { type: 'date' })),
    choices('as', word('format'), [['xlsx', 'XLSX'], ['csv', 'CSV'], ['jsonl', 'JSON']], 'xlsx'), approvalFields(), told, send)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    send.disabled = true
    try {
      await download(withApproval(typed(form)))
      told.replaceChildren()
    } catch (error) {
      told.replaceChildren(alertBox(error))
    } finally {
      send.disabled = false
    }
  })
  return form
}

async function download(values) {
  const headers = { 'content-type': 'application/json', 'x-counter-token': state.token }
  const response = await fetch('/api/export', { method: 'POST', headers, body: JSON.stringify(values) })
  if (!response.ok) throw (await response.json()).error
  const address = URL.createObjectURL(await response.blob())
  make('a', { href: address, download: ['vouchers', values.from, values.to].filter(Boolean).join('-') + '.' + values.as }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60000)
}

function pinless(name, label, hint) {
  return field(name, label, { type: 'password', hint, autocomplete: 'new-password', maxlength: '200' })
}

/** The papers of the printer, the newest first; for a printer that nobody sees from here, the slip as it is sent. */
async function showPapers() {
  if (!state.operator || state.operator.isFirstPin) return
  const box = byId('papers')
  const isNone = (list) => list.length > 0 ? list : [make('p', { class: 'soft' }, word('noPaper'))]
  if (!state.shop.showsPaper) {
    const shown = state.voucher && state.voucher.slip !== 'none' ? state.copies.slice(0, 2).map((copy) =>
      make('figure', {}, make('img', { src: path('slip.png?copy=' + copy), alt: nameOf('copies', copy) }),
        make('figcaption', {}, nameOf('copies', copy)))) : []
    return box.replaceChildren(...isNone(shown))
  }
  const { papers } = await ask('/api/papers').catch(() => ({ papers: [] }))
  const figures = papers.reverse().map(({ number, heightDots, isOut }) => {
    const name = number + '/' + heightDots
    const known = box.querySelector('figure[data-name="' + name + '"]')
    return known || make('figure', { 'data-number': number, 'data-name': name },
      make('img', { src: '/api/papers/' + number + '.png?rows=' + heightDots, alt: word('slipNumber') + number + word('slipNumberEnd') }),
      make('figcaption', {}, word('slipNumber') + number + word('slipNumberEnd') + (isOut ? '' : ' · ' + word('hanging'))))
  })
  const names = figures.map((figure) => figure.dataset.name).join()
  const before = [...box.querySelectorAll('figure')].map((figure) => figure.dataset.name).join()
  if (names !== before || figures.length === 0) box.replaceChildren(...isNone(figures))
}

byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', language)
  frame()
  byId('papers').replaceChildren()
  if (!state.operator) showSignIn()
  else if (state.operator.isFirstPin) showFirstPin()
  else if (state.voucher) showVoucher(state.voucher)
  else go(state.view)
})
byId('sign-out').addEventListener('click', async () => {
  await ask('/api/sign-out', {}).catch(() => {})
  signedOut()
  say(word('signedOut'))
})

async function begin() {
  try {
    take(await ask('/api/session'))
  } catch (error) {
    put(alertBox(error))
    return
  }
  if (!state.operator) showSignIn()
  else if (state.operator.isFirstPin) showFirstPin()
  else go('trade')
  showPapers()
}
begin()
`
