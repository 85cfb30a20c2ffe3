import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSlurmFile } from './slurm-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'dengta-slurm-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'slurm.yaml')
const answers = join(folder, 'answers')
const LICENCE = 'LicenseName=watts_north@grid Total=5 Used=0'
const CONFIG = `AccountingStoreFlags    = job_comment,job_env
AcctGatherEnergyType    = acct_gather_energy/ipmi`
const FILE = `sites: [north]
jobUser: trainer
outputFolder: /srv/jobs
environment: { SLURM_CONF: /etc/slurm/slurm.conf }
before: [${answers}]
`

/** Opens a file before whose commands a program stands that hands on no environment, as sudo does, and answers as Slurm does. */
function opened(text: string, { licence = LICENCE, told = CONFIG, nodes = 1 } = {}) {
  const sinfo = `[ "$SLURM_CONF" ] && seq -f 'gpu%02.0f|north|gpu:a910b:8' ${nodes}`
  const take = 'shift; while case $1 in *=*) ;; *) false;; esac; do export "$1"; shift; done'
  const clear = 'unset SLURM_CONF TZ SLURM_TIME_FORMAT'
  const config = `*config) echo '${told}'`
  const script = `#!/bin/sh\n${clear}; ${take}\ncase "$*" in sinfo*) ${sinfo};; ${config};; *) printf '${licence}\\n';; esac\n`
  writeFileSync(answers, script)
  chmodSync(answers, 0o755)
  writeFileSync(file, text)
  return openSlurmFile(file)
}

test('a file names the cluster of others: partitions, users, commands, REST', async () => {
  const key = join(folder, 'jwt.key')
  writeFileSync(key, 'secret')
  const { connection, description } = await opened(`${FILE}rest: { url: 'http://login:6820', keyFile: ${key} }\n`)
  expect(description.sites).toMatchObject([{ site: 'north', pools: [{ chip: 'a910b', names: ['gpu01'] }] }])
  expect(connection).toEqual({
    ...{ jobUser: 'trainer', operator: 'root', outputFolder: '/srv/jobs', meter: 'acct_gather_energy/ipmi' },
    prefix: [answers, 'env', 'SLURM_CONF=/etc/slurm/slurm.conf', 'TZ=UTC', 'SLURM_TIME_FORMAT=%s'],
    environment: { SLURM_CONF: '/etc/slurm/slurm.conf' },
    rest: { address: { url: 'http://login:6820' }, key: Buffer.from('secret') },
  })
})

test.each([
  ['no YAML', 'a: [', 'engine_file.not_yaml', /^line \d+: .*DENGTA_ENGINE_FILE/],
  ['a relative folder', FILE.replace('/srv', 'srv'), 'engine_file.field', /line 3, outputFolder .*absolute path/],
  ['a number in place of a user', FILE.replace('trainer', '"1001"'), 'engine_file.field', /jobUser .*name a user/],
  ['root for a user', FILE.replace('trainer', 'root'), 'engine_file.field', /jobUser .*not root/],
  ['an unknown field', `${FILE}user: x\n`, 'engine_file.field', /DENGTA_ENGINE_FILE/],
  [
    'an address that is none of the web',
    `${FILE}rest: { url: 'ftp://login', keyFile: /etc/jwt.key }\n`,
    'engine_file.field',
    /rest.*begin with http:\/\/ or https:\/\//,
  ],
  [
    'a key that is not there',
    `${FILE}rest: { socket: /run/rest.sock, keyFile: /nowhere/jwt.key }\n`,
    'engine_file.unreadable',
    /^\/nowhere\/jwt\.key cannot be read \(ENOENT\)/,
  ],
])('%s is refused by name', async (_, text, code, said) => {
  await expect(opened(text)).rejects.toMatchObject({ code, text: { en: expect.stringMatching(said) } })
})

test('a site without a licence is named before a job is handed out, with the command that helps', async () => {
  await expect(opened(FILE, { licence: 'LicenseName=watts_north@other Total=1' })).rejects.toMatchObject({
    code: 'engine_file.no_licence',
    text: { en: expect.stringContaining('sacctmgr add resource name=watts_north server=grid') },
  })
})

test.each(['', 'AccountingStoreFlags    = (null)', 'AccountingStoreFlags = job_script'])(
  'a Slurm whose accounts keep no comments (%j) is not taken: ended jobs would be run a second time',
  async (told) => {
    await expect(opened(FILE, { told })).rejects.toMatchObject({
      code: 'engine_file.no_comments',
      text: { en: expect.stringContaining('adds job_comment to AccountingStoreFlags') },
    })
  },
)

test('a cluster that others run may have more nodes than start on one machine', async () => {
  const { description } = await opened(FILE, { nodes: 2750 })
  expect(description.sites[0]?.pools).toMatchObject([{ chip: 'a910b', nodes: 2750 }])
})
