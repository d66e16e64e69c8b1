/** Makes the page of the API: for each entry its functions and classes with signature, first sentence and example. */
import { entries, publicApi } from './public-api.mjs'

const HEAD = `# API

Made by \`npm run docs:api\` from the declarations and their comments; the editor shows the same comments in full. Every example runs as
a test. An example may use these names without making them: \`profile\` is \`generic58\`, \`receipt\` a receipt, \`bytes\` its bytes, \`paper\`
the paper of those bytes, \`pixels\` and \`bitmap\` a picture, \`printer\` and \`journal\` those of a shop, \`archive\`, \`id\` and \`record\` a
store of vouchers and a voucher in it. Errors are listed in [troubleshooting.md](troubleshooting.md).
`

export function apiPage() {
  const api = publicApi()
  const parts = entries().map(({ name }) => {
    const here = api.filter((one) => one.entries[0] === name && !one.deprecated)
    const calls = here.filter(({ kind }) => kind === 'function' || kind === 'class')
    const constants = here.filter(({ kind }) => kind === 'constant')
    const types = here.filter(({ kind }) => kind === 'type')
    if (here.length === 0) return ''
    return [
      `## \`${name === '' ? 'xiaopiao' : `xiaopiao/${name}`}\``,
      ...alsoIn(here, name),
      ...calls.map(callOf),
      ...namesOf('Constants', constants),
      ...namesOf('Types', types),
    ].join('\n\n')
  })
  return `${HEAD}\n${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function alsoIn(here, name) {
  const others = new Set(here.flatMap((one) => one.entries).filter((entry) => entry !== name))
  if (others.size === 0) return []
  const list = [...others].map((entry) => `\`xiaopiao/${entry}\``).join(', ')
  return [`Some of it is exported by ${list} too.`]
}

function callOf({ name, signature, comment, examples }) {
  const parts = [`### ${name}`, firstSentence(comment), code(signature)]
  return [...parts, ...examples.map(code)].filter((part) => part !== '').join('\n\n')
}

function code(text) {
  return text === '' ? '' : `\`\`\`ts\n${text}\n\`\`\``
}

/** Returns a comment up to the first full stop or colon before a capital, because a stop inside a name or a number has no capital after it. */
function firstSentence(comment) {
  const [paragraph = ''] = comment.split('\n\n')
  const text = paragraph.replaceAll('\n', ' ')
  return /^.*?[.:](?= [A-Z`])/.exec(text)?.[0].replace(/:$/, '.') ?? text
}

function namesOf(title, some) {
  if (some.length === 0) return []
  return [`${title}: ${some.map(({ name }) => `\`${name}\``).join(', ')}.`]
}
