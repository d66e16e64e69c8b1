/** The record of jobs that outlives the process. */

export { LockError } from '../locks/file-lock.js'
export { rerouteJobs, retryJob } from './decisions.js'
export { type FileJournal, type FileJournalOptions, fileJournal } from './file.js'
export { type MemoryJournalOptions, memoryJournal } from './memory.js'
export {
  type Ended,
  type JobEvent,
  type JobFilter,
  type JobPayload,
  type JobRecord,
  type JobState,
  type Journal,
  JournalError,
} from './types.js'
