import { readFile } from 'node:fs/promises'
import { withJobsTable } from '@dengta/compute'

/** The text of a day file, its jobs from a table of another file where one is named. */
export async function readDayFile(path: string, jobs?: string): Promise<string> {
  const day = await readFile(path, 'utf8')
  return jobs === undefined ? day : withJobsTable(day, await readFile(jobs, 'utf8'))
}
