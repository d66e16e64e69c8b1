import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'
import { lazyModules } from './scripts/lazy-modules.mjs'
import { plainEngine } from './scripts/plain-engine.mjs'
import { profileFiles } from './scripts/profile-files.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** Every transport is an entry of its own, and so is every printer model by its id: a new one needs no line here. */
const transports = Object.fromEntries(
  readdirSync('src/transports')
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => [`transports/${file.slice(0, -3)}`, `src/transports/${file}`]),
)
const models = Object.fromEntries(
  profileFiles().map(({ id, path }) => [`profiles/${id}`, `src/profiles/${path}`]),
)

/** Entries with declarations of their own; those of the profiles are all alike, see `scripts/write-profile-types.mjs`. */
const typedEntries = {
  index: 'src/index.ts',
  template: 'src/template/index.ts',
  writing: 'src/writing/index.ts',
  'qr-texts': 'src/elements/qr-texts.ts',
  jsx: 'src/jsx/index.ts',
  'jsx-runtime': 'src/jsx/jsx-runtime.ts',
  'jsx-dev-runtime': 'src/jsx/jsx-dev-runtime.ts',
  images: 'src/images/index.ts',
  scripts: 'src/scripts/index.ts',
  logos: 'src/logos/index.ts',
  emulator: 'src/entries/emulator.ts',
  preview: 'src/entries/preview.ts',
  paper: 'src/entries/paper.ts',
  device: 'src/entries/device.ts',
  preload: 'src/preload/index.ts',
  'emulator/matchers': 'src/entries/matchers.ts',
  printer: 'src/printer/index.ts',
  agent: 'src/agent/index.ts',
  'hub-client': 'src/hub-client/index.ts',
  journal: 'src/journal/index.ts',
  vouchers: 'src/vouchers/index.ts',
  hub: 'src/hub/index.ts',
  counter: 'src/counter/index.ts',
  cloudprnt: 'src/cloudprnt/index.ts',
  'hub-page': 'src/hub-page/index.ts',
  discovery: 'src/discovery/index.ts',
  'test-page': 'src/test-page/index.ts',
  escpos: 'src/encoders/escpos/index.ts',
  profiles: 'src/profiles/index.ts',
  ...transports,
}

/** Bundled by `scripts/small-parts.mjs`, of other modules; here are their declarations. */
const smallEntries = {
  small: 'src/entries/small.ts',
  'small-gbk': 'src/entries/small-gbk.ts',
}

export default defineConfig({
  entry: {
    ...typedEntries,
    ...models,
    'cli/main': 'src/cli/main.ts',
    'glyph-data/node': 'src/glyphs/glyph-data.node.ts',
    'glyph-data/browser': 'src/glyphs/glyph-data.browser.ts',
    'symbol-generator/node': 'src/symbols/generator.node.ts',
    'symbol-generator/browser': 'src/symbols/generator.browser.ts',
    'symbol-generator/bundled': 'src/symbols/generator.bundled.ts',
    'data-loader/node': 'src/preload/data-loader.node.ts',
    'data-loader/browser': 'src/preload/data-loader.browser.ts',
  },
  // `scripts/finish-build.mjs` writes the CommonJS modules.
  format: ['esm'],
  target: 'node20',
  splitting: true,
  dts: { entry: { ...typedEntries, ...smallEntries } },
  clean: true,
  // Which of two modules stands behind such a name is chosen by package.json where the package is used.
  external: [/^#/],
  // ES modules that a CommonJS build could not load, and libraries of which only a part is needed.
  noExternal: [
    /^(zod|liquidjs|fast-png|iobuffer|fflate|diff|canonicalize|uuid|@cto\.af\/.*)$/,
    /^(zod|liquidjs|bwip-js)\//,
  ],
  esbuildPlugins: [plainEngine, lazyModules],
  esbuildOptions(options) {
    // One form of name for all of them, so that package.json can keep them from being imported.
    options.chunkNames = 'chunk-[hash]'
    options.charset = 'utf8'
    // Its main entry asks Node for worker threads, which nothing here uses.
    options.alias = { fflate: 'fflate/browser' }
  },
  define: { __XIAOPIAO_VERSION__: JSON.stringify(version) },
})
