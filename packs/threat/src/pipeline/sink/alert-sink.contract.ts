import { expect, test } from 'vitest'
import type { PipelineAlert } from '../pipeline-alert.ts'
import type { AlertSink, SinkStep } from './alert-sink.ts'

/** A step with one alert per id; every third position with something observed. */
export function stepOfIds(position: number, ids: readonly string[]): SinkStep {
  const alerts = ids.map((id): PipelineAlert => {
    const rule = { id: 'r', title: 'T', level: 'low', version: '', author: 'A', licence: 'L', link: '', tags: [] }
    const place = { file: 's', line: 1, logSource: {}, matched: [] }
    return { id, rule, ...place, sequence: position, receivedMs: 1, eventMs: 1, event: { text: '\n"{"commit":' } }
  })
  const findings = [{ stage: 'x', id: `f${position}`, body: ids }]
  const seen = { file: 's', line: 2, sequence: position, receivedMs: 1, seen: { name: '\n"{"commit":' } }
  return { position, timeMs: position * 1000, alerts, findings, ...(position % 3 === 0 && { observations: [seen] }) }
}

export async function storedSteps(sink: AlertSink, after = 0): Promise<SinkStep[]> {
  const steps: SinkStep[] = []
  for await (const step of sink.replay(after)) steps.push(step)
  return steps
}

/** Every implementation runs these same cases. `reopen` opens what was stored under the same name before. */
export function alertSinkContract(kind: string, reopen: () => Promise<AlertSink>): void {
  test(`${kind}: steps come back whole and in order, with the position`, async () => {
    const sink = await reopen()
    expect(sink.position).toBe(0)
    await sink.append(stepOfIds(3, ['a', 'b']))
    await sink.append(stepOfIds(4, []))
    await sink.append(stepOfIds(9, ['c']))
    await sink.close()
    const again = await reopen()
    expect(again.position).toBe(9)
    expect(await storedSteps(again)).toEqual([stepOfIds(3, ['a', 'b']), stepOfIds(4, []), stepOfIds(9, ['c'])])
    expect((await storedSteps(again, 4)).map(({ position }) => position)).toEqual([9])
    await again.close()
  })

  test(`${kind}: a step that is stored already changes nothing`, async () => {
    const sink = await reopen()
    await sink.append(stepOfIds(9, ['again']))
    await sink.append(stepOfIds(4, ['again']))
    expect((await storedSteps(sink)).flatMap(({ alerts }) => alerts.map(({ id }) => id))).toEqual(['a', 'b', 'c'])
    await sink.close()
  })

  test(`${kind}: the last checkpoint is kept`, async () => {
    const sink = await reopen()
    expect(await sink.loadCheckpoint()).toBeUndefined()
    await sink.saveCheckpoint({ position: 4, state: [Buffer.from('one')] })
    await sink.saveCheckpoint({ position: 9, state: [Buffer.from('t'), Buffer.from('wo')] })
    await sink.close()
    const again = await reopen()
    const { position, state } = (await again.loadCheckpoint()) ?? { position: 0, state: new Uint8Array() }
    expect([position, Buffer.from(state).toString()]).toEqual([9, 'two'])
    await again.close()
  })
}
