import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createCommandClient } from './command-client.ts'

const folder = await mkdtemp(join(tmpdir(), 'dengta-commands-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Programs in the place of Slurm's. This one says a record of sacct for each number that it is asked for. */
const ACCOUNTS = `#!/bin/sh
for word in "$@"; do
  case "$word" in
    --delimiter=*) m="\${word#--delimiter=}" ;;
    --jobs=*) echo "\${word#--jobs=}" | tr ',' '\\n' | sed "s/$/|COMPLETED|1000|1300|0:0||nobody||job|/; s/|/$m/g" ;;
  esac
done
`

/** Fills what is said of each of two jobs into the format of the call: of the house's user, and of another with the same words. */
const LIST = `#!/bin/sh
for word in "$@"; do case "$word" in --format=*) format="\${word#--format=}" ;; --user=*) only="\${word#--user=}" ;; esac; done
fill() {
  printf '%s\\n' "$format" | sed "s/%A/7/; s/%T/RUNNING/; s/%Q/1/; s/%S/1000/; s/%e/2000/; s/%N/n1/; s/%j/job/; s/%r/None/" |
    sed "s/%u/$1/; s/%k/dengta=1\\&site=north\\&chip=npu\\&chips=8\\&watts=300\\&kw=900/"
}
for user in nobody mallory; do [ "\${only:-$user}" = $user ] && fill $user; done; true
`

async function client(name: string, script: string) {
  const program = join(folder, name)
  await writeFile(program, script)
  await chmod(program, 0o755)
  const who = { jobUser: 'nobody', outputFolder: '/', operator: 'root' }
  return createCommandClient({ prefix: [program], environment: {}, ...who })
}

test('what others write beside their jobs is not taken for words of the house', async () => {
  const jobs = await (await client('list', LIST)).jobs('all')
  expect(jobs.map(({ user, comment }) => [user, comment !== ''])).toEqual([
    ['nobody', true],
    ['mallory', false],
  ])
})

test('Slurm is asked for the jobs of the house only, unless those of all are needed', async () => {
  expect((await (await client('own', LIST)).jobs()).map(({ user }) => user)).toEqual(['nobody'])
})

test('accounts of more jobs than one call can name are read in several', async () => {
  const ids = Array.from({ length: 20_000 }, (_, k) => String(100_000 + k))
  const runs = await (await client('accounts', ACCOUNTS)).runs({ ids })
  expect(runs.map(({ id }) => id)).toEqual(ids)
})
