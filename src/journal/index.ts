/** The record of jobs that outlives the process. */

export { rerouteJobs, retryJob } from './decisions.js'
export { type FileJournal, type FileJournalOptions, fileJournal } from './file.js'
export { LockError } from './file-lock.js'
export { type MemoryJournalOptions, memoryJournal } from './memory.js'
export {
  type JobEvent,
  type JobFilter,
  type JobPayload,
  type JobRecord,
  type JobState,
  type Journal,
  JournalError,
} from './types.js'
