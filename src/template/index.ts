/** Sub-path `xiaopiao/template`: makes a receipt of a template and data. */

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
