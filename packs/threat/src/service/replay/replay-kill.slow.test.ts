import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { entryFile } from '@dengta/store'
import { expect, onTestFinished, test } from 'vitest'
import { testFolder } from '../../pipeline/pipeline.fixture.ts'
import type { VictimConfig } from './replay-victim.ts'

/** What a house says of its replay at the end; the signal that ended it where it said nothing. */
async function house(config: VictimConfig): Promise<unknown> {
  const args = [entryFile('threat-replay-victim'), JSON.stringify(config)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = child.stdout.toArray()
  const [, signal] = await once(child, 'close')
  const text = Buffer.concat(await said).toString()
  return text === '' ? signal : JSON.parse(text)
}

test('kill -9 between the end of the events and the moment that they are known: the replay ends as one that nobody killed', async () => {
  const whole = await house({ home: testFolder() })
  expect(whole).toMatchObject({ state: 'done' })
  const home = testFolder()
  expect(await house({ home, dieBefore: 'detected' })).toBe('SIGKILL')
  expect(await house({ home })).toEqual(whole)
}, 300_000)
