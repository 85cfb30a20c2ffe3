import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { entryFile } from '@dengta/store'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, ruleFolder } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import type { PipelineStatus } from './pipeline-status.ts'

/** Lets files of the process grow no further than this: the kernel refuses every write beyond, as a full disk does. */
const limitFiles = (pid: number, bytes: number | 'unlimited'): Buffer =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])

test('what cannot be written is not acknowledged; once there is room again everything is', async () => {
  const folder = testFolder()
  const rules = { path: ruleFolder(folder) }
  const config = {
    folder,
    alerts: join(folder, 'alerts'),
    rules,
    tcp: { port: 0 },
    http: { port: 0 },
    options: { threads: 1 },
  }
  const child = spawn(process.execPath, [entryFile('threat-pipeline'), JSON.stringify(config)])
  onTestFinished(() => void child.kill('SIGKILL'))
  const answers: { ready?: { pid: number; tcp: number; http: number }; status?: PipelineStatus }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => answers.push(JSON.parse(line)))
  await until(() => answers.length > 0)
  const { pid = 0, tcp = 0, http = 0 } = answers[0]?.ready ?? {}
  const status = async (): Promise<PipelineStatus> => {
    const before = answers.length
    child.stdin.write('{"status":true}\n')
    await until(() => answers.length > before)
    return answers.at(-1)?.status as PipelineStatus
  }
  const { socket, acked, answers: acks } = await sender(tcp, { stream: 's' })
  socket.write(firingLine(1))
  await acked(1)

  limitFiles(pid, 1)
  socket.write(firingLine(2) + firingLine(3))
  for (let now = await status(); now.journal.failing === undefined; now = await status());
  const refused = await fetch(`http://127.0.0.1:${http}/ingest`, { method: 'POST', body: firingLine(4) })
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'threat_ingest.not_durable' }])
  expect(acks.at(-1)).toEqual({ acked: 1 })

  limitFiles(pid, 'unlimited')
  await acked(3)
  for (let now = await status(); now.totals.alerts < 3; now = await status());
  expect((await status()).journal.failing).toBeUndefined()
  child.stdin.end()
  await once(child, 'exit')
})
