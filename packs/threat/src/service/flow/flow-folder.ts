import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { listStepFiles } from '../../pipeline/sink/find-steps.ts'

/** Where a flow has its journal. */
export const flowFolder = (home: string, flow: string): string => join(home, 'threat', flow)

/** Where it has its steps, and the last checkpoint of its stages. */
export const stepFolder = (home: string, flow: string): string => join(flowFolder(home, flow), 'steps')

/** Lets go of the journal and the steps of a flow that is over. The checkpoint stays: models are learnt from it. */
export async function clearFlow(home: string, flow: string): Promise<void> {
  await rm(join(flowFolder(home, flow), 'journal'), { recursive: true, force: true })
  const files = await listStepFiles(stepFolder(home, flow)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const { path } of files) await rm(path, { force: true })
}
