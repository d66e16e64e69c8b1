/** Sub-path `xiaopiao/writing`: receipts and templates in YAML and in a text form after Markdown. */

export { markdownProblems, readMarkdown, type TextProblem } from './markdown.js'
export { atPlace, type Position, type Written } from './written.js'
export { readYaml } from './yaml.js'
