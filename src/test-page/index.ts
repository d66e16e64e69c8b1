/** The test page for unknown printers, and the derivation of a profile from the answers about it. */
export {
  type Answers,
  allowedAnswers,
  checkAnswer,
  type DerivedName,
  deriveProfile,
  readAnswer,
} from './derive-profile.js'
export {
  type Asked,
  type Findings,
  type NumberQuestion,
  type Question,
  questions,
  type RowsQuestion,
  type YesNoQuestion,
} from './questions.js'
export { type StatusRow, statusRows } from './status-rows.js'
export { testPage, testPageCommands } from './test-page.js'
