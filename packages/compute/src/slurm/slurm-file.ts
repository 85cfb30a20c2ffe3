import { readFile } from 'node:fs/promises'
import { readDocument } from '@dengta/kernel'
import { z } from 'zod'
import { engineFileErrors, readOrSay } from '../executor/engine-file-errors.ts'
import { licenceOf, SERVER } from './licences.ts'
import { descriptionOf, NODES } from './nodes-of-partitions.ts'
import { runCommand } from './run-command.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { checkDescription, type SlurmDescription } from './slurm-description.ts'

const word = z.string().min(1).max(200)
const path = z.string().regex(/^\/[^\0\n]*$/, 'give an absolute path · 请给出绝对路径')

const url = z
  .url('give an address such as http://host:6820 · 请给出形如 http://host:6820 的地址')
  .regex(
    /^https?:\/\/[^?#]+$/i,
    'begin with http:// or https://, without ? and # · 须以 http:// 或 https:// 开头，且不含 ? 与 #',
  )

/** What a person writes about a Slurm that others run. */
const SLURM_FILE = z.strictObject({
  /** Partitions; their chips are types of the GRES gpu. */
  sites: z.array(word).min(1),
  jobUser: word.regex(/^(?!root$)\D[^,\s]*$/, 'name a user who is not root · 请填写非 root 的用户名'),
  operator: word.default('root'),
  /** As the nodes see it. */
  outputFolder: path,
  /** Words before each command of Slurm, such as `sudo -n`. No shell may stand between: it would read the words anew, as ssh does. */
  before: z.array(word).max(20).default([]),
  environment: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), z.string()).default({}),
  rest: z.union([z.strictObject({ url, keyFile: path }), z.strictObject({ socket: path, keyFile: path })]).optional(),
})
type SlurmFile = z.infer<typeof SLURM_FILE>

export interface OwnSlurm {
  readonly connection: SlurmConnection
  readonly description: SlurmDescription
}

/** Reads the file, and from the cluster its nodes; says at once what it lacks. Throws `engine_file.*`, `slurm.*`. */
export async function openSlurmFile(file: string): Promise<OwnSlurm> {
  const { value } = readDocument(await readOrSay(file, readText), SLURM_FILE, engineFileErrors)
  const connection = await connectionOf(value)
  const description = descriptionOf(await asked(connection, NODES), value.sites)
  checkDescription(description, Number.POSITIVE_INFINITY)
  await checkLicences(connection, value.sites)
  const config = await asked(connection, ['scontrol', 'show', 'config'])
  if (!KEEPS_COMMENTS.test(config)) throw engineFileErrors.no_comments()
  const meter = /^AcctGatherEnergyType\s*=\s*(\S+)/m.exec(config)?.[1]
  return { connection: { ...connection, meter }, description }
}

/** Without the comments of ended jobs in the accounts none of them would be known again, and each be run a second time. */
const KEEPS_COMMENTS = /^AccountingStoreFlags\s*=.*\bjob_comment\b/m

const readText = (path: string): Promise<string> => readFile(path, 'utf8')

async function connectionOf({ sites, before, rest, ...who }: SlurmFile): Promise<SlurmConnection> {
  const prefix = [...before, 'env', ...wordsOf({ ...who.environment, ...TIMES })]
  if (!rest) return { ...who, prefix }
  const key = await readOrSay(rest.keyFile, (path) => readFile(path))
  const address = 'url' in rest ? { url: rest.url } : { socket: rest.socket }
  return { ...who, prefix, rest: { address, key } }
}

/** Times as Slurm's commands must tell them; sudo for one hands on no environment, so all of it stands in the words. */
const TIMES = { TZ: 'UTC', SLURM_TIME_FORMAT: '%s' }

const wordsOf = (environment: Readonly<Record<string, string>>): string[] =>
  Object.entries(environment).map(([name, value]) => `${name}=${value}`)

/** Without the licence of a site nothing would hold its power. */
async function checkLicences(connection: SlurmConnection, sites: readonly string[]): Promise<void> {
  const there = await asked(connection, ['scontrol', '--oneliner', 'show', 'licenses'])
  for (const site of sites) {
    const licence = `${licenceOf(site)}@${SERVER}`
    if (!there.includes(`LicenseName=${licence} `))
      throw engineFileErrors.no_licence({ licence, site, command: addCommand(site) })
  }
}

const asked = ({ prefix, environment: env }: SlurmConnection, words: readonly string[]): Promise<string> =>
  runCommand([...prefix, ...words], { env })

const addCommand = (site: string): string =>
  `sacctmgr add resource name=${licenceOf(site)} server=${SERVER} servertype=dengta type=license count=0 cluster=NAME percentallowed=100`
