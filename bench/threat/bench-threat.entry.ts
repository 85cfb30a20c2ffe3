import { runBenchmarks } from '../figure.ts'
import { correlation } from './correlation.ts'
import { detection } from './detection.ts'
import { dnsVolume } from './dns-volume.ts'
import { endToEnd } from './end-to-end.ts'
import { hostile } from './hostile.ts'
import { house } from './house.ts'
import { incidents } from './incidents.ts'
import { ingest } from './ingest.ts'
import { kill } from './kill.ts'
import { memory } from './memory.ts'
import { retention } from './retention.ts'
import { tickets } from './tickets.ts'
import { triage } from './triage.ts'
import { triageCost } from './triage-cost.ts'

/** Every line of "what it must show" of the threat pack that is a figure. */
export const run = (filter: string): Promise<boolean> =>
  runBenchmarks(
    {
      correlation,
      detection,
      'dns-volume': dnsVolume,
      'end-to-end': endToEnd,
      hostile,
      house,
      incidents,
      ingest,
      kill,
      memory,
      retention,
      tickets,
      triage,
      'triage-cost': triageCost,
    },
    filter,
  )
