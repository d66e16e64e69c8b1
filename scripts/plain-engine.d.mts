import type { Plugin } from 'esbuild'

export const plainEngine: Plugin
