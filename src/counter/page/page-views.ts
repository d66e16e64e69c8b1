/** Script of the counter's page: the parts that its views are made of. Texts are inserted as text and never as markup. */

export const PAGE_VIEWS = `'use strict'
const byId = (id) => document.getElementById(id)
let language = localStorage.getItem('language') || (navigator.language.startsWith('zh') ? 'zh' : 'en')
const word = (name) => WORDS[language][name]
const nameOf = (group, key) => (NAMES[group][key] || [key, key])[language === 'zh' ? 0 : 1]

/** The first of the given tags, with attributes and children; a child that is undefined is left out. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== undefined && value !== false) made.setAttribute(name, value)
  }
  made.append(...children.flat().filter((child) => child !== undefined))
  return made
}

/** Fen as people read them: whole, with separators. */
function yuan(fen) {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/[0-9](?=(?:[0-9]{3})+$)/g, '$&,')
  return (fen < 0 ? '-' : '') + '￥' + whole + '.' + digits.slice(-2)
}

/** Fen of what is being typed, for what is shown beside it; undefined if it is no amount. The program reads it again, and strictly. */
function fenOf(text) {
  const plain = text.replace(/[,，￥¥ ]/g, '')
  if (!/^[0-9]{1,10}([.][0-9]{1,2})?$/.test(plain)) return undefined
  const parts = plain.split('.')
  return Number(parts[0]) * 100 + Number((parts[1] || '').padEnd(2, '0'))
}

function timeOf(text) {
  return text.replace('T', ' ').slice(0, 19)
}

function button(label, onclick, more) {
  return make('button', { type: 'button', onclick, ...more }, label)
}

/** A labelled input; what is typed is read by the name. */
function field(name, label, more) {
  const { hint, ...attributes } = more || {}
  const input = make('input', { name, id: 'f-' + name, autocomplete: 'off', spellcheck: 'false', ...attributes })
  return make('div', { class: 'field' },
    make('label', { for: 'f-' + name }, label),
    input,
    hint === undefined ? undefined : make('small', {}, hint))
}

function pinField(name, label, more) {
  return field(name, label, { type: 'password', inputmode: 'numeric', maxlength: '12', required: true, ...more })
}

/** Large choices of which one holds. */
function choices(name, legend, options, chosen, onchange) {
  return make('fieldset', { class: 'choices', 'data-count': options.length },
    make('legend', {}, legend),
    make('div', {}, options.map(([value, label]) =>
      make('label', {},
        make('input', { type: 'radio', name, value, checked: value === chosen, onchange }),
        make('span', {}, label)))))
}

function errorText(error) {
  if (language === 'en') {
    if (error.code === 'OFFLINE') return 'The counter did not answer. The trade may be recorded: press again, it will not be recorded twice.'
    return sentence(error.message) + (error.hint && !/docs[/]|vouchers /.test(error.hint) ? ' ' + sentence(error.hint) : '')
  }
  const reason = REASONS[error.reason]
  return (reason ? reason + '。' : '') + (ERRORS[error.code + ' ' + error.path] || ERRORS[error.code] || error.message)
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + '.'
}

function alertBox(error) {
  return make('p', { class: 'alert', role: 'alert' }, errorText(error))
}

/** One copy and how far it is known to be on paper. */
function proof(print) {
  const mark = print.marked ? ' · ' + word('marked') + (print.nth - 1) + word('markedEnd') : ''
  return make('li', { class: 'proof ' + print.outcome, 'data-outcome': print.outcome, 'data-copy': print.copy },
    make('b', {}, nameOf('copies', print.copy) + mark),
    make('span', {}, word(print.outcome)))
}

function facts(pairs) {
  return make('dl', { class: 'facts' }, pairs
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => make('div', {}, make('dt', {}, label), make('dd', {}, value))))
}

/** A question in a dialog. What is typed is given to the work, and an error keeps the dialog open. */
function question(title, contents, label, work) {
  const wrong = make('div', {})
  const send = make('button', { class: 'primary' }, label)
  const form = make('form', {}, make('h2', {}, title), contents, wrong,
    make('div', { class: 'buttons' }, button(word('cancel'), () => dialog.close(), { class: 'plain' }), send))
  const dialog = make('dialog', { onclose: () => dialog.remove() }, form)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    send.disabled = true
    try {
      await work(typed(form))
      dialog.close()
    } catch (error) {
      wrong.replaceChildren(alertBox(error))
    } finally {
      send.disabled = false
    }
  })
  document.body.append(dialog)
  dialog.showModal()
  const first = form.querySelector('input')
  if (first) first.focus()
}

/** What was typed into a form, by name. */
function typed(form) {
  const values = {}
  for (const [name, value] of new FormData(form)) {
    if (name === 'copies') values.copies = [...(values.copies || []), value]
    else values[name] = typeof value === 'string' ? value.trim() : value
  }
  return values
}
`
