import { access, readdir } from 'node:fs/promises'
import type { AppError } from '@dengta/kernel'
import { tryCommand } from './run-command.ts'
import { slurmErrors } from './slurm-errors.ts'

/** Programs of a Slurm on loopback, by the Debian package that brings each. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  slurmctld: ['slurmctld'],
  slurmd: ['slurmd'],
  slurmrestd: ['slurmrestd'],
  slurmdbd: ['slurmdbd'],
  'slurm-client': ['scontrol', 'squeue', 'sbatch', 'sacctmgr', 'sacct', 'scancel'],
  munge: ['munged'],
  'mariadb-server': ['mariadbd', 'mariadb-install-db'],
  iproute2: ['ip'],
  'util-linux': ['unshare', 'nsenter', 'setpriv', 'setsid'],
}

/** Plugins of Slurm that are packages of their own, below the library folder of the machine's kind. */
const PLUGINS: Readonly<Record<string, string>> = {
  'slurm-wlm-jwt-plugin': 'auth_jwt.so',
  'slurm-wlm-mysql-plugin': 'accounting_storage_mysql.so',
}

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Why a Slurm cannot be started on this machine; undefined where it can. */
export async function whatSlurmLacks(): Promise<AppError | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return slurmErrors.not_root()
  const absent = await absentPrograms()
  if (absent.length > 0) return slurmErrors.programs_absent({ programs: absent.join(', ') })
  const trial = await tryCommand(['unshare', '--net', '--pid', '--mount', '--uts', '--ipc', '--fork', '--', 'true'])
  return trial.code === 0 ? undefined : slurmErrors.no_namespaces({ problem: trial.problem })
}

async function absentPrograms(): Promise<readonly string[]> {
  const absent: string[] = []
  for (const [pack, programs] of Object.entries(PROGRAMS))
    for (const program of programs) if (!(await isInstalled(program))) absent.push(`${program} (${pack})`)
  const libraries = (await readdir('/usr/lib')).filter((name) => name.includes('-linux-'))
  for (const [pack, plugin] of Object.entries(PLUGINS)) {
    const found = await Promise.all(libraries.map((name) => isThere(`/usr/lib/${name}/slurm-wlm/${plugin}`)))
    if (!found.includes(true)) absent.push(`${plugin} (${pack})`)
  }
  return absent
}

async function isInstalled(program: string): Promise<boolean> {
  return (await Promise.all(FOLDERS.map((folder) => isThere(`${folder}/${program}`)))).includes(true)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
