/** Sub-path `xiaopiao/writing`: reads receipts and templates from YAML and from a text form that is modelled on Markdown. */

export { markdownProblems, readMarkdown, type TextProblem } from './markdown.js'
export { atPlace, type Position, type Written } from './written.js'
export { readYaml } from './yaml.js'
