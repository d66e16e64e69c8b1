/** Sub-path `xiaopiao/template`: template and data to a receipt. */

export { type BindOptions, bind } from './bind.js'
export type {
  DataDeclaration,
  EachNode,
  IfNode,
  IncludeNode,
  LetNode,
  SwitchNode,
  Template,
  TemplateNode,
} from './types.js'
