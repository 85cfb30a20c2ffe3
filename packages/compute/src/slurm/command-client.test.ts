import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createCommandClient } from './command-client.ts'

const folder = await mkdtemp(join(tmpdir(), 'dengta-commands-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program in the place of Slurm's: says a line of sacct for each number that it is asked for. */
const ACCOUNTS = `#!/bin/sh
for word in "$@"; do
  case "$word" in
    --jobs=*) echo "\${word#--jobs=}" | tr ',' '\\n' | sed 's/$/|COMPLETED|1000|1300|0:0||nobody||job/' ;;
  esac
done
`

/** Lists two jobs with the same words, of the house's user and of another. */
const LIST = `#!/bin/sh
for user in nobody mallory; do
  echo "7|RUNNING|1|1000|2000|n1|$user|dengta=1&site=north&chip=npu&chips=8&watts=300&kw=900|job|None"
done
`

async function client(name: string, script: string) {
  const program = join(folder, name)
  await writeFile(program, script)
  await chmod(program, 0o755)
  const who = { jobUser: 'nobody', outputFolder: '/', operator: 'root' }
  return createCommandClient({ prefix: [program], environment: {}, ...who })
}

test('what others write beside their jobs is not taken for words of the house', async () => {
  const jobs = await (await client('list', LIST)).jobs()
  expect(jobs.map(({ user, comment }) => [user, comment !== ''])).toEqual([
    ['nobody', true],
    ['mallory', false],
  ])
})

test('accounts of more jobs than one call can name are read in several', async () => {
  const ids = Array.from({ length: 20_000 }, (_, k) => String(100_000 + k))
  const runs = await (await client('accounts', ACCOUNTS)).runs({ ids })
  expect(runs.map(({ id }) => id)).toEqual(ids)
})
