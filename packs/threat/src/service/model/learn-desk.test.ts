import { mkdirSync } from 'node:fs'
import type { RiskView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce } from '../../group/in-steps.ts'
import { saveCheckpointFile } from '../../pipeline/sink/checkpoint-file.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { stepFolder } from '../flow/flow-folder.ts'
import type { ThreatTables } from '../tables.ts'
import { ANN, alertOf, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { TriageStage } from '../triage/triage-stage.ts'
import { untaught } from './model-service.ts'

const GROUPS = 20

/** A stage that has decided groups 0 to 19 and more, as pieces of a checkpoint. */
function decidedStage(): readonly Uint8Array[] {
  const stage = new TriageStage({ network: 'n', model: 'm', knowledge: untaught().knowledge })
  const chain = new StageChain([stage])
  for (let at = 0; at < 3 * GROUPS; at += 1)
    stage.push({ kind: 'alert', alert: alertOf(at, { host: `host ${at}`, title: `rule ${at % 3}` }) }, () => {})
  return atOnce(atOnce(chain.freeze())!)!
}

describe.each(testStores())('learning from verdicts, $name', (stores) => {
  let house: ThreatHouse
  beforeEach(async () => {
    house = await threatHouse(stores)
  })
  afterEach(() => house.close())

  /** A flow of a network whose first groups have published labels; every fifth is an attack. */
  async function replayed(flow: string, network: string): Promise<void> {
    const at = house.clock.now()
    const rows = Array.from({ length: GROUPS }, (_, number) => ({
      ...{ id: `group_${flow}_${number}`, flow, network, number: String(number), signature: `rule ${number % 3}` },
      ...{ level: 'high', host: `host ${number}`, first_at: at, last_at: at, alerts: 1, action: 'close', score: 0 },
      ...{ model: 'm', body: '{}', truth: number % 5 === 0 ? 'attack' : 'benign', label_source: 'published' },
    }))
    await house.store.db<ThreatTables>().insertInto('threat_groups').values(rows).execute()
    mkdirSync(stepFolder(house.store.home, flow), { recursive: true })
    await saveCheckpointFile(stepFolder(house.store.home, flow), { position: 1, state: decidedStage() })
  }
  const learn = () => house.call<RiskView>(ANN, 'POST /triage/learn')

  test('a network that was replayed twice is one network: nothing is proven on what was learnt from', async () => {
    await replayed('replay_1', 'fox')
    await replayed('replay_2', 'fox')
    await expect(learn()).rejects.toMatchObject({ code: 'threat.too_few_sites', details: { sites: 1 } })
    await replayed('replay_3', 'wilson')
    await learn()
    const [model] = await house.store.db<ThreatTables>().selectFrom('threat_models').selectAll().execute()
    const { sites } = JSON.parse(model!.summary) as { sites: { name: string; judged: number }[] }
    expect(sites.map(({ name, judged }) => [name, judged])).toEqual([
      ['fox', GROUPS],
      ['wilson', GROUPS],
    ])
  })

  test('a model knows whether it learnt from verdicts of people', async () => {
    await replayed('replay_1', 'fox')
    await replayed('replay_2', 'wilson')
    await learn()
    const groups = house.store.db<ThreatTables>().updateTable('threat_groups').where('flow', '=', 'replay_2')
    await groups.set({ verdict: 'benign', truth: null, label_source: null }).where('number', '=', '1').execute()
    await learn()
    const models = await house.store.db<ThreatTables>().selectFrom('threat_models').selectAll().orderBy('seq').execute()
    expect(models.map(({ summary }) => JSON.parse(summary).fromPeople)).toEqual([false, true])
  })

  test('one model is learnt at a time', async () => {
    const both = await Promise.allSettled([learn(), learn()])
    expect(both.map((each) => each.status === 'rejected' && each.reason.code)).toEqual([
      'threat.too_few_sites',
      'threat.learning',
    ])
  })
})
