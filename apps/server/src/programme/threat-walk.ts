import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { describeSource, groupTable, type NetworkSource } from '@dengta/threat'
import { z } from 'zod'
import type { SampleData } from './sample-data.ts'
import type { Walk } from './walk.ts'

/** The network that is hidden: the smallest of AIT-ADS, or the first of our own making. */
const HIDDEN = 'russellmitchell'

/** The scenario of the threat pack: triage on a network that nobody has learnt from. */
export async function threatWalk({ networks }: NetworkSource): Promise<Omit<Walk, 'recipe'>> {
  const folder = join(houseRoot(), 'packs/threat/scenario')
  const scenarioFile = await readFile(join(folder, 'scenario.yaml'), 'utf8')
  const hidden = networks.includes(HIDDEN) ? HIDDEN : (networks[0] ?? '')
  const file = (await readFile(join(folder, 'hidden-network.benchmark.yaml'), 'utf8'))
    .replace('NETWORKS', networks.join(', '))
    .replace('hidden: HIDDEN', `hidden: ${hidden}`)
  return {
    ...{ scenario: z.string().parse(/^id: (\S+)$/m.exec(scenarioFile)?.[1]), owner: 'cloud-operator', scenarioFile },
    benchmarks: [{ id: 'triage-hidden-network', file, parts: undefined }],
    submissions: [
      {
        benchmark: 'triage-hidden-network',
        by: 'vendor-a',
        train: 'linear',
        form: 'linear',
        name: 'Logistic regression',
      },
      { benchmark: 'triage-hidden-network', by: 'vendor-b', train: 'trees', form: 'onnx', name: 'Boosted trees' },
    ],
  }
}

/** Who takes part, beside those of the sample programme. */
export const THREAT_PARTICIPANTS = [
  { id: 'cloud-operator', name: 'Coastal Cloud 沿海云', roles: ['owner' as const] },
  { id: 'vendor-a', name: 'Vendor A 甲方智能', roles: ['developer' as const] },
  { id: 'vendor-b', name: 'Vendor B 乙方科技', roles: ['developer' as const] },
]

export function threatData(source: NetworkSource, progress: (network: string) => void): SampleData {
  const { origin, source: text, licence } = describeSource(source)
  const found = origin === 'real' ? 'folder' : 'simulator'
  return { csv: groupTable(source, progress), origin, licence, source: text.en, found }
}
