import { resolve } from 'node:path'
import { readDocument, type Text } from '@dengta/kernel'
import { z } from 'zod'
import { kubernetesErrors } from './kubernetes-errors.ts'

/** Bytes in the file itself, or the path of a file beside it. */
export type Secret = { readonly bytes: Buffer } | { readonly file: string } | undefined

/** Where an API server is and how we show who we are. */
export interface ConnectionPlan {
  readonly server: string
  readonly ca: Secret
  /** Read again whenever the server does not accept it: tokens of service accounts are renewed on disk. */
  readonly token: Secret
  readonly certificate: Secret
  readonly key: Secret
}

const text = z.string().min(1).optional()
const CLUSTER = z.object({
  ...{ server: z.url(), 'certificate-authority': text, 'certificate-authority-data': text },
})
const USER = z.object({
  ...{ token: text, tokenFile: text, 'client-certificate': text, 'client-certificate-data': text },
  ...{ 'client-key': text, 'client-key-data': text },
})
const name = z.string()
const CONFIG = z.object({
  'current-context': z.string(),
  contexts: z.array(z.object({ name, context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(z.object({ name, cluster: CLUSTER })),
  users: z.array(z.object({ name, user: USER })),
})

/**
 * Reads a kubeconfig; throws `kubernetes.*` with line and field. Files that it names without a whole path lie in its own `folder`.
 * Nothing is executed and no file is opened.
 */
export function readKubeConfig(source: string, context?: string, folder = '.'): ConnectionPlan {
  const secret = (data: string | undefined, file: string | undefined) => secretIn(folder, data, file)
  const { value } = readDocument(source, CONFIG, kubernetesErrors)
  const chosen = entry(value.contexts, { en: 'context', zh: '上下文' }, context ?? value['current-context']).context
  const cluster = entry(value.clusters, { en: 'cluster', zh: '集群' }, chosen.cluster).cluster
  const user = entry(value.users, { en: 'user', zh: '用户' }, chosen.user).user
  const plan: ConnectionPlan = {
    server: cluster.server.replace(/\/$/, ''),
    ca: secret(cluster['certificate-authority-data'], cluster['certificate-authority']),
    token: user.token ? { bytes: Buffer.from(user.token) } : secret(undefined, user.tokenFile),
    certificate: secret(user['client-certificate-data'], user['client-certificate']),
    key: secret(user['client-key-data'], user['client-key']),
  }
  if (!plan.token && !(plan.certificate && plan.key)) throw kubernetesErrors.no_credential({ name: chosen.user })
  return plan
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The service account that every pod gets; `host` and `port` from KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT. */
export function inCluster(host: string, port: string, folder = ACCOUNT): ConnectionPlan {
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    server,
    ca: { file: `${folder}/ca.crt` },
    token: { file: `${folder}/token` },
    certificate: undefined,
    key: undefined,
  }
}

function secretIn(folder: string, data: string | undefined, file: string | undefined): Secret {
  if (data !== undefined) return { bytes: Buffer.from(data, 'base64') }
  return file === undefined ? undefined : { file: resolve(folder, file) }
}

function entry<T extends { readonly name: string }>(list: readonly T[], what: Text, name: string): T {
  const found = list.find((each) => each.name === name)
  if (!found) throw kubernetesErrors.no_entry({ what, name })
  return found
}
