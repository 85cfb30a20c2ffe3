import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountingCommands, INSIDE, PORTS } from './cluster-files.ts'
import { inside, type Namespace } from './namespace.ts'
import { runCommand, tryCommand } from './run-command.ts'
import { nodesOf, type SlurmDescription } from './slurm-description.ts'
import { slurmErrors } from './slurm-errors.ts'

/** The folder of a cluster and the namespace that its daemons live in. */
export interface ClusterPlace {
  readonly folder: string
  readonly namespace: Namespace
}

export const SLURM_ENVIRONMENT = { SLURM_CONF: `${INSIDE}/etc/slurm.conf` }

export async function startMunge({ folder, namespace }: ClusterPlace): Promise<void> {
  const at = `${INSIDE}/munge/munge`
  const files = [`--key-file=${at}.key`, `--socket=${at}.socket`, `--pid-file=${at}.pid`]
  const rest = [`--log-file=${at}.log`, `--seed-file=${at}.seed`, '--num-threads=4', '--force']
  await runCommand([...inside(namespace), ...asUser('munge'), 'munged', ...files, ...rest])
  await until('munged', { folder, seconds: 20 }, () => exists(join(folder, 'munge', 'munge.socket')))
}

/**
 * MariaDB on a data folder of its own. Makes the data folder the first time. Its temporary files are named by process number,
 * which two namespaces may share, so they have a folder of their own too.
 */
export async function startDatabase({ folder, namespace }: ClusterPlace): Promise<void> {
  const own = ['--no-defaults', '--user=mysql', `--datadir=${INSIDE}/database`, `--tmpdir=${INSIDE}/database-tmp`]
  if (!(await exists(join(folder, 'database', 'mysql')))) {
    const first = ['--skip-test-db', '--auth-root-authentication-method=socket']
    await runCommand([...inside(namespace), 'mariadb-install-db', ...own, ...first], { timeoutSeconds: 180 })
  }
  await detach(namespace, 'mariadbd', ['mariadbd', ...own, ...DATABASE_SETTINGS])
  const ping = ['mariadb-admin', '--no-defaults', `--socket=${INSIDE}/run/mariadb.sock`, 'ping']
  await until('mariadbd', { folder, seconds: 120 }, () => answers(namespace, ping))
}

const DATABASE_SETTINGS = [
  `--port=${PORTS.mariadb}`,
  '--bind-address=127.0.0.1',
  `--socket=${INSIDE}/run/mariadb.sock`,
  `--pid-file=${INSIDE}/run/mariadbd.pid`,
  `--init-file=${INSIDE}/etc/account.sql`,
  '--skip-name-resolve',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=32M',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-lock-wait-timeout=900',
]

/** slurmdbd, and what it must know before slurmctld comes: the cluster, the account and the licences. */
export async function startAccounting(
  { folder, namespace }: ClusterPlace,
  { description, jobUser }: { description: SlurmDescription; jobUser: string },
): Promise<void> {
  const env = { SLURM_CONF: `${INSIDE}/etc/slurmdbd.conf` }
  await runCommand([...inside(namespace), 'slurmdbd'], { env })
  const list = ['sacctmgr', '--noheader', '--parsable2', 'list', 'cluster', 'format=cluster']
  await until('slurmdbd', { folder, seconds: 60 }, () => answers(namespace, list))
  for (const words of accountingCommands(description, jobUser)) await addOnce(namespace, words)
}

/** sacctmgr ends with 1 and says "Nothing new added" or "already exist" where an earlier start has done it. */
async function addOnce(namespace: Namespace, words: readonly string[]): Promise<void> {
  const command = [...inside(namespace), 'sacctmgr', '--immediate', ...words]
  const { code, output, problem } = await tryCommand(command, { env: SLURM_ENVIRONMENT })
  if (code === 0 || /nothing new added|already exist/i.test(output + problem)) return
  throw slurmErrors.command_failed({ command: `sacctmgr ${words.join(' ')}`, problem: problem || output.trim() })
}

export async function startController({ folder, namespace }: ClusterPlace): Promise<void> {
  await runCommand([...inside(namespace), 'slurmctld', '-f', SLURM_ENVIRONMENT.SLURM_CONF], { env: SLURM_ENVIRONMENT })
  await until('slurmctld', { folder, seconds: 60 }, () => answers(namespace, ['scontrol', 'ping']))
}

const EACH_NODE = 'printf "%s\\n" "$@" | xargs -P 8 -I{} sh -c "slurmd -N {} && echo {} || exit 255"'

/** One slurmd a node, eight at a time; `onNode` hears how many have started. */
export async function startNodes(
  { folder, namespace }: ClusterPlace,
  { description, onNode }: { description: SlurmDescription; onNode: (started: number) => void },
): Promise<void> {
  const names = nodesOf(description).map(({ name }) => name)
  let started = 0
  const onLine = () => onNode(++started)
  const options = { env: SLURM_ENVIRONMENT, timeoutSeconds: 60 + 2 * names.length, onLine }
  await runCommand([...inside(namespace), 'sh', '-c', EACH_NODE, 'nodes', ...names], options)
  const list = ['sinfo', '--noheader', '--Node', '--format=%N', '--states=idle,mixed,allocated']
  await until('slurmd', { folder, seconds: 60 + names.length }, async () => {
    const { output } = await tryCommand([...inside(namespace), ...list], { env: SLURM_ENVIRONMENT })
    return new Set(output.split('\n').filter(Boolean)).size >= names.length
  })
}

/** slurmrestd as a user who is neither root nor the user of Slurm, on a socket: it takes tokens only. */
export async function startRest({ folder, namespace }: ClusterPlace, user: string): Promise<void> {
  const plugins = ['-a', 'rest_auth/jwt', '-s', 'openapi/v0.0.38,openapi/dbv0.0.38']
  const rest = ['slurmrestd', ...plugins, `unix:${INSIDE}/rest/rest.sock`]
  await detach(namespace, 'slurmrestd', [...asUser(user), 'env', 'SLURM_JWT=daemon', ...rest])
  await until('slurmrestd', { folder, seconds: 30 }, () => exists(join(folder, 'rest', 'rest.sock')))
}

const asUser = (user: string): readonly string[] => [
  ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'],
]

/** Starts what does not go to the background by itself; its words go to a log of its name. */
async function detach(namespace: Namespace, name: string, words: readonly string[]): Promise<void> {
  const script = 'log=$1; shift; exec setsid --fork "$@" >>"$log" 2>&1'
  const command = [...inside(namespace), 'sh', '-c', script, name, `${INSIDE}/log/${name}.log`, ...words]
  await runCommand(command, { env: SLURM_ENVIRONMENT })
}

async function answers(namespace: Namespace, words: readonly string[]): Promise<boolean> {
  const options = { env: SLURM_ENVIRONMENT, timeoutSeconds: 10 }
  return (await tryCommand([...inside(namespace), ...words], options)).code === 0
}

async function until(
  part: string,
  { folder, seconds }: { folder: string; seconds: number },
  isReady: () => Promise<boolean>,
): Promise<void> {
  for (let turn = 0; turn < seconds * 10; turn += 1) {
    if (await isReady()) return
    await sleep(100)
  }
  throw slurmErrors.not_ready({
    part,
    seconds,
    problem: { en: 'it did not answer', zh: '没有响应' },
    folder: join(folder, 'log'),
  })
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
