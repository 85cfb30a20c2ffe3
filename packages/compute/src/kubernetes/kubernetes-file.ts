import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Clock, readDocument } from '@dengta/kernel'
import { z } from 'zod'
import { engineFileErrors, readOrSay } from '../executor/engine-file-errors.ts'
import type { Executor } from '../executor/executor.ts'
import { type ConnectionPlan, inCluster, readKubeConfig } from './kube-config.ts'
import { kubernetesClient } from './kubernetes-client.ts'
import { kubernetesExecutor } from './kubernetes-executor.ts'

const word = z.string().min(1).max(253)

/** One namespace a site: `resource` is the name under which the device plugin offers the chip. */
const KUBERNETES_FILE = z.strictObject({
  /** Absolute path; the service account of the pod where absent. */
  kubeconfig: z.string().regex(/^\//, 'give an absolute path · 请给出绝对路径').optional(),
  context: word.optional(),
  image: word,
  places: z
    .array(
      z.strictObject({
        ...{ site: word, chip: word, namespace: word, resource: word },
        nodeSize: z.int().positive().default(8),
      }),
    )
    .min(1),
})

type Environment = Readonly<Record<string, string | undefined>>

export interface OwnKubernetes {
  readonly executor: Executor
  readonly sites: readonly string[]
}

/** Reads the file and asks the API for the jobs there: what it may not do, or where nobody answers, is said at once. */
export async function openKubernetesFile(
  file: string | undefined,
  { clock, env }: { readonly clock: Clock; readonly env: Environment },
): Promise<OwnKubernetes> {
  if (file === undefined) throw engineFileErrors.not_set()
  const { value } = readDocument(await readOrSay(file, readText), KUBERNETES_FILE, engineFileErrors)
  const { image, places } = value
  const client = kubernetesClient(await connectionOf(value, env))
  const executor = kubernetesExecutor({ client, places, imageOf: () => image, clock })
  await executor.jobs()
  return { executor, sites: [...new Set(places.map(({ site }) => site))] }
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8')

async function connectionOf(
  { kubeconfig, context }: z.infer<typeof KUBERNETES_FILE>,
  { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' }: Environment,
): Promise<ConnectionPlan> {
  if (kubeconfig !== undefined)
    return readKubeConfig(await readOrSay(kubeconfig, readText), context, dirname(kubeconfig))
  if (host === undefined) throw engineFileErrors.outside()
  return inCluster(host, port)
}
