/** Helpers for files: whether one exists, and syncing files and folders to the disk, which throws the errors of the disk. */

import { open, stat } from 'node:fs/promises'

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Syncs the content of a file to the disk, also if it was written elsewhere, such as by SQLite. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Syncs a folder, because the name of a new file is on the disk only once its folder is. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
