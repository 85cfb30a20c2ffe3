import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Clock, readDocument } from '@dengta/kernel'
import { z } from 'zod'
import { engineFileErrors, readOrSay } from '../executor/engine-file-errors.ts'
import type { Executor } from '../executor/executor.ts'
import { KUEUE_VERSIONS } from './admission-controller.ts'
import { type ConnectionPlan, inCluster, readKubeConfig } from './kube-config.ts'
import { kubernetesClient } from './kubernetes-client.ts'
import { kubernetesExecutor } from './kubernetes-executor.ts'
import { type PowerAdmission, powerAdmission } from './power-admission.ts'

const word = z.string().min(1).max(253)

/** Switches the admission check of Kueue on: which ResourceFlavors are chips of which site. */
const ADMISSION = z.strictObject({
  check: word,
  version: z.enum(KUEUE_VERSIONS).default('v1beta1'),
  flavors: z.array(z.strictObject({ flavor: word, resource: word, site: word, chip: word })).min(1),
})

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
  admission: ADMISSION.optional(),
})

type Environment = Readonly<Record<string, string | undefined>>

export interface OwnKubernetes {
  readonly executor: Executor
  readonly sites: readonly string[]
  /** Absent where the file does not switch it on. */
  readonly admit?: PowerAdmission['admit'] | undefined
}

/** Reads the file and asks the API for the jobs there: what it may not do, or where nobody answers, is said at once. */
export async function openKubernetesFile(
  file: string | undefined,
  { clock, env }: { readonly clock: Clock; readonly env: Environment },
): Promise<OwnKubernetes> {
  if (file === undefined) throw engineFileErrors.not_set()
  const { value } = readDocument(await readOrSay(file, readText), KUBERNETES_FILE, engineFileErrors)
  const { image, places, admission } = value
  const client = kubernetesClient(await connectionOf(value, env))
  const executor = kubernetesExecutor({ client, places, imageOf: () => image, clock })
  await executor.jobs()
  const sites = [...new Set(places.map(({ site }) => site))]
  if (!admission) return { executor, sites }
  const { admit, close } = powerAdmission({ client, clock, ...admission })
  return { executor: { ...executor, close }, sites, admit }
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
