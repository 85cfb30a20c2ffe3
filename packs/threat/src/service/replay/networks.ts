import { join } from 'node:path'
import type { Text } from '@dengta/kernel'
import { aitAlerts, aitNetworks, openAitAlerts } from './ait-ads.ts'
import type { LabelledAlert } from './labelled-stream.ts'
import { SAMPLE_NETWORKS, sampleAlerts } from './sample-networks.ts'

/** Where labelled networks come from: plain data, so that a thread can open them by itself. */
export interface NetworkSource {
  readonly kind: 'ait-ads' | 'sample'
  readonly folder: string
  readonly networks: readonly string[]
}

/** The real networks where they are on this machine, else those of our own making. */
export function networkSource(dataFolder: string, wanted?: 'sample'): NetworkSource {
  const folder = join(dataFolder, 'threat/triage')
  const networks = wanted === 'sample' ? [] : aitNetworks(folder)
  return networks.length >= 3
    ? { kind: 'ait-ads', folder, networks }
    : { kind: 'sample', folder: '', networks: SAMPLE_NETWORKS }
}

/** The alerts of a network by event time. */
export function alertsOf({ kind, folder }: NetworkSource, network: string): Iterable<LabelledAlert> {
  return kind === 'ait-ads' ? aitAlerts(folder, network) : sampleAlerts(network)
}

/** The same, opened in turns that leave the thread to others. */
export async function openAlerts(source: NetworkSource, network: string): Promise<Iterable<LabelledAlert>> {
  const { kind, folder } = source
  return kind === 'ait-ads' ? openAitAlerts(folder, network) : alertsOf(source, network)
}

/** What goes with everything that is said of a network. */
export function describeSource({ kind }: NetworkSource): {
  origin: 'real' | 'simulated'
  source: Text
  author: string
  licence: string
} {
  if (kind === 'sample') {
    const source = {
      en: "SIMULATED: networks of the pack's own making; no figure of theirs says anything about a real network",
      zh: '模拟数据：由本套件自行生成的网络，其数字不代表任何真实网络',
    }
    return { origin: 'simulated', source, author: 'Dengta', licence: 'Apache-2.0' }
  }
  const source = {
    en: 'AIT-ADS, alerts of Wazuh, Suricata and AMiner on simulated networks with real attacks run in them; labels as published',
    zh: 'AIT-ADS：Wazuh、Suricata 与 AMiner 在实施真实攻击的试验网络上产生的告警，标签为公开标签',
  }
  return { origin: 'real', source, author: 'AIT Austrian Institute of Technology', licence: 'AIT-ADS' }
}
