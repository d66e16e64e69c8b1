/**
 * A plugin of esbuild that evaluates a module at the first call of one of its functions, for modules that take long to evaluate and that
 * most programs never use. The module stays in the bundle, so that the call is synchronous everywhere and no file has to be found.
 */

/** The modules, by the end of their paths, with the functions that they export. */
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
      // Esbuild turns `require` of a bundled ES module into a call that evaluates it once.
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
