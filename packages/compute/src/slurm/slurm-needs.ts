import { access, constants } from 'node:fs/promises'
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
  return absent
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of FOLDERS) {
    const found = await access(`${folder}/${program}`, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}
