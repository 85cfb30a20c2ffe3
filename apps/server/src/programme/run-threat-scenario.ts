import { ApiError, type Client, createClient } from '@dengta/sdk'
import { networkSource } from '@dengta/threat'
import { actingFetch } from '../cli/connect.ts'
import { gateLine } from '../cli/gate-lines.ts'
import type { Terminal } from '../cli/terminal.ts'
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import { runWalk } from './run-programme.ts'
import { THREAT_PARTICIPANTS, threatData, threatWalk } from './threat-walk.ts'
import { trainInWorker } from './trainer.ts'

/** Takes the triage scenario from pain point to decided gates, on this data folder; no server may run on it meanwhile. */
export async function runThreatScenario(config: Config, terminal: Terminal): Promise<void> {
  const source = networkSource(config.sampleData)
  if (source.kind === 'sample') terminal.note(ABSENT)
  const house = await openHouse(config, terminal.note)
  try {
    const clientOf = (participant: string): Client =>
      createClient({ baseUrl: '', token: house.sessionToken, fetch: actingFetch(participant, injectFetch(house.app)) })
    for (const participant of THREAT_PARTICIPANTS) await addOnce(clientOf('house'), participant)
    const walk = await threatWalk(source)
    const steps = 2 + walk.benchmarks.length + 2 * walk.submissions.length
    let done = 0
    await runWalk(
      walk,
      {
        ...{ clientOf, train: trainInWorker, progress: terminal.progress, note: terminal.note },
        dataOf: async () =>
          threatData(source, (network) => terminal.note({ en: `reading ${network}`, zh: `读取 ${network}` })),
        onGate: (gate) => terminal.result(gate, gateLine(gate, terminal)),
      },
      (label) => {
        terminal.progress({ label, done, total: steps })
        done += 1
      },
    )
  } finally {
    await house.close()
  }
}

const ABSENT = {
  en: 'AIT-ADS is not on this machine (DENGTA_DATA): the benchmark on real networks is SKIPPED; networks of our own making stand in, SIMULATED',
  zh: '本机没有 AIT-ADS（DENGTA_DATA）：真实网络的基准已跳过，改用自行生成的模拟网络',
}

async function addOnce(client: Client, participant: (typeof THREAT_PARTICIPANTS)[number]): Promise<void> {
  await client.addParticipant(participant).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 409) throw error
  })
}
