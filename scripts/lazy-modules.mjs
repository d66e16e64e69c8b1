/**
 * A plugin of esbuild: a module that takes long to evaluate, and that most programs never use, is evaluated at the first call of one of
 * its functions. It stays in the bundle, so that the call is synchronous everywhere and no file has to be found.
 */

/** By the end of their paths, with the functions that they export. */
const LAZY = { 'layout/unicode-breaks': ['unicodeBreakOffsets'] }

function namesOf(path) {
  const plain = path.replaceAll('\\', '/').replace(/\.[jt]s$/, '')
  return LAZY[Object.keys(LAZY).find((end) => plain.endsWith(end))]
}

export const lazyModules = {
  name: 'lazy-modules',
  setup({ onResolve, onLoad, resolve }) {
    const filter = new RegExp(
      `(${Object.keys(LAZY)
        .map((end) => end.split('/').pop())
        .join('|')})\\.js$`,
    )
    onResolve({ filter }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'itself') return undefined
      const found = await resolve(path, { ...from, pluginData: 'itself' })
      return namesOf(found.path) === undefined ? found : { path: found.path, namespace: 'lazy' }
    })
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      // `require` of an ES module that is in the bundle becomes a call that evaluates it once.
      contents: [
        `const load = () => require(${JSON.stringify(path)})`,
        ...namesOf(path).map(
          (name) => `export const ${name} = (...args) => load().${name}(...args)`,
        ),
      ].join('\n'),
      resolveDir: '.',
    }))
  },
}
