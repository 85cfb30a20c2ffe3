import { isLabelled } from '../../triage/case.ts'
import { FACT_NAMES } from '../../triage/facts.ts'
import { siteOf } from './labelled-stream.ts'
import { alertsOf, type NetworkSource } from './networks.ts'

/** Labelled groups of all networks as CSV: network, the facts in the order of FACTS, verdict. Unclear groups are left out. */
export function groupTable(source: NetworkSource, progress: (network: string) => void): string {
  const lines = [['network', ...FACT_NAMES, 'verdict'].join(',')]
  for (const network of source.networks) {
    progress(network)
    for (const it of siteOf(network, alertsOf(source, network)).cases) {
      if (isLabelled(it)) lines.push([network, ...it.facts, it.disposition?.verdict].join(','))
    }
  }
  return `${lines.join('\n')}\n`
}
