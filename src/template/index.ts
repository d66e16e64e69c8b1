/** Sub-path `xiaopiao/template`: template and data to a receipt. */

export { bind } from './bind.js'
export type { EachNode, IfNode, Template, TemplateNode } from './types.js'
