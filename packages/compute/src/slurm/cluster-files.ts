import { wattsAllowed } from '../executor/watts.ts'
import { licenceOf, SERVER } from './licences.ts'
import { nodesOf, type SlurmDescription, type SlurmNode } from './slurm-description.ts'

/** Where the folder of a cluster is seen by its own processes, whatever it is called outside. */
export const INSIDE = '/media/slurm'
const CLUSTER = 'dengta'
export const PORTS = { slurmctld: 6817, slurmdbd: 6819, mariadb: 3306, firstSlurmd: 27_001 } as const

/**
 * slurm.conf of a cluster in its own network namespace, without systemd and control groups. Processes of a job are told by
 * their group and not gathered: at 275 nodes the plugins that read all of /proc make a requeue twice as slow. No energy is metered:
 * Slurm meters nodes, and all nodes of such a cluster are one machine, whose counters each job would be given as its own.
 */
export function slurmConf(description: SlurmDescription): string {
  const nodes = nodesOf(description)
  return lines([
    ...Object.entries({ ...IDENTITY, ...PLACES, ...PLUGINS, ...SCHEDULING, ...ACCOUNTING }).map(setting),
    'AcctGatherEnergyType=acct_gather_energy/none',
    'JobAcctGatherType=jobacct_gather/none',
    `TreeWidth=${Math.max(50, nodes.length + 25)}`,
    ...nodes.map((node, index) => nodeLine(node, index, description.chipsPerNode)),
    ...description.sites.map(({ site }, index) => partitionLine(site, nodes, index === 0)),
  ])
}

/** gres.conf: every chip needs a device file; all nodes share the same empty ones. */
export function gresConf(description: SlurmDescription): string {
  const last = description.chipsPerNode - 1
  const files = `${INSIDE}/dev/chip${last === 0 ? '0' : `[0-${last}]`}`
  return lines(nodesOf(description).map(({ name, chip }) => `NodeName=${name} Name=gpu Type=${chip} File=${files}`))
}

/** slurmdbd.conf; holds the password of the database, so its mode must be 600. */
export function slurmdbdConf(databasePassword: string): string {
  return lines([
    ...Object.entries(AUTHENTICATION).map(setting),
    'DbdHost=localhost',
    'DbdAddr=127.0.0.1',
    `DbdPort=${PORTS.slurmdbd}`,
    'SlurmUser=root',
    `PidFile=${INSIDE}/run/slurmdbd.pid`,
    `LogFile=${INSIDE}/log/slurmdbd.log`,
    'StorageType=accounting_storage/mysql',
    'StorageHost=127.0.0.1',
    `StoragePort=${PORTS.mariadb}`,
    'StorageUser=slurm',
    `StoragePass=${databasePassword}`,
    'StorageLoc=slurm_acct_db',
  ])
}

/** Run by MariaDB at each start: the account of slurmdbd with a password that lives as long as this start. */
export function databaseAccountSql(databasePassword: string): string {
  return lines([
    `CREATE OR REPLACE USER 'slurm'@'127.0.0.1' IDENTIFIED BY '${databasePassword}';`,
    "GRANT ALL ON slurm_acct_db.* TO 'slurm'@'127.0.0.1';",
  ])
}

/** What sacctmgr is asked at the first start: the cluster, an account, the user of the jobs, and one licence pool a site. */
export function accountingCommands({ sites }: SlurmDescription, jobUser: string): readonly (readonly string[])[] {
  return [
    ['add', 'cluster', CLUSTER],
    ['add', 'account', 'dengta', `cluster=${CLUSTER}`],
    ['add', 'user', jobUser, 'account=dengta', `cluster=${CLUSTER}`],
    ...sites.map(({ site, limitKw }) => [
      ...['add', 'resource', `name=${licenceOf(site)}`, `server=${SERVER}`, 'servertype=dengta', 'type=license'],
      ...[`count=${wattsAllowed(limitKw)}`, `cluster=${CLUSTER}`, 'percentallowed=100'],
    ]),
  ]
}

const AUTHENTICATION = {
  AuthType: 'auth/munge',
  AuthInfo: `socket=${INSIDE}/munge/munge.socket,cred_expire=5`,
  AuthAltTypes: 'auth/jwt',
  AuthAltParameters: `jwt_key=${INSIDE}/ctld/jwt.key`,
}

const IDENTITY = {
  ClusterName: CLUSTER,
  SlurmctldHost: 'localhost(127.0.0.1)',
  SlurmctldPort: PORTS.slurmctld,
  CommunicationParameters: 'NoInAddrAny,NoCtldInAddrAny',
  SlurmUser: 'root',
  SlurmdUser: 'root',
  ...AUTHENTICATION,
  CredType: 'cred/munge',
}

const PLACES = {
  StateSaveLocation: `${INSIDE}/ctld`,
  SlurmdSpoolDir: `${INSIDE}/spool/%n`,
  SlurmctldPidFile: `${INSIDE}/run/slurmctld.pid`,
  SlurmdPidFile: `${INSIDE}/run/slurmd-%n.pid`,
  SlurmctldLogFile: `${INSIDE}/log/slurmctld.log`,
  SlurmdLogFile: `${INSIDE}/log/slurmd-%n.log`,
  SlurmdDebug: 'error',
}

const PLUGINS = {
  ProctrackType: 'proctrack/pgid',
  TaskPlugin: 'task/none',
  SwitchType: 'switch/none',
  MpiDefault: 'none',
  MailProg: '/bin/true',
  SlurmdParameters: 'config_overrides',
  GresTypes: 'gpu',
}

const SCHEDULING = {
  SelectType: 'select/cons_tres',
  SelectTypeParameters: 'CR_Core',
  SchedulerType: 'sched/backfill',
  SchedulerParameters:
    'bf_interval=5,bf_resolution=60,bf_window=1440,bf_continue,bf_licenses,sched_interval=5,batch_sched_delay=1',
  PriorityType: 'priority/multifactor',
  ReturnToService: 2,
  KillWait: 5,
  MinJobAge: 60,
  MaxJobCount: 50_000,
  JobRequeue: 1,
}

const ACCOUNTING = {
  AccountingStorageType: 'accounting_storage/slurmdbd',
  AccountingStorageHost: '127.0.0.1',
  AccountingStoragePort: PORTS.slurmdbd,
  AccountingStoragePass: `${INSIDE}/munge/munge.socket`,
  AccountingStorageTRES: 'gres/gpu',
  AccountingStoreFlags: 'job_comment',
}

const setting = ([name, value]: readonly [string, string | number]): string => `${name}=${value}`

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`

function nodeLine({ name, site, chip }: SlurmNode, index: number, chips: number): string {
  const port = PORTS.firstSlurmd + index
  const size = `CPUs=${2 * chips} RealMemory=4000 Gres=gpu:${chip}:${chips}`
  return `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${port} ${size} Feature=${site},${chip} State=UNKNOWN`
}

function partitionLine(site: string, nodes: readonly SlurmNode[], first: boolean): string {
  const names = nodes.filter((node) => node.site === site).map(({ name }) => name)
  return `PartitionName=${site} Nodes=${names.join(',')} Default=${first ? 'YES' : 'NO'} MaxTime=INFINITE State=UP`
}
