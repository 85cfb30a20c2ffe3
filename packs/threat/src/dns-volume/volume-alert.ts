import { saidCount, saidPercent, type Text } from '@dengta/kernel'
import type { PipelineAlert } from '../pipeline/pipeline-alert.ts'
import { detectorTag } from '../triage/detector-tag.ts'
import { VOLUME_DETECTOR } from '../triage/house-detectors.ts'
import { entitiesOfClient } from './dns-query-of.ts'
import type { DnsVolume } from './dns-volume.ts'

/** T1048.003 exfiltration over an unencrypted other protocol, T1071.004 DNS as application layer protocol. */
const RULE: PipelineAlert['rule'] = {
  id: 'dengta-dns-volume',
  title: 'More sent out in DNS names than the bound of a day',
  level: 'high',
  version: '1',
  author: 'Dengta',
  licence: 'Apache-2.0',
  link: 'https://www.usenix.org/conference/usenixsecurity13/technical-sessions/presentation/paxson',
  tags: [
    'attack.exfiltration',
    'attack.t1048.003',
    'attack.command-and-control',
    'attack.t1071.004',
    detectorTag(VOLUME_DETECTOR),
  ],
}

/** The place of the query that went over the bound. */
type Place = Pick<PipelineAlert, 'file' | 'line' | 'sequence' | 'receivedMs' | 'logSource'>

/** An alert like any other; its event holds the figures and says in words what they mean. */
export function volumeAlert(id: string, found: DnsVolume, place: Place): PipelineAlert {
  const event = { ...rounded(found), usual: found.usual ?? null, text: explain(found) }
  const matched = [{ field: 'bytes', wanted: `> ${found.bound}`, found: [Math.round(found.bytes)] }]
  return { id, rule: RULE, ...place, matched, eventMs: found.time, entities: entitiesOfClient(found.client), event }
}

function rounded(found: DnsVolume): Record<string, string | number> {
  const entries = Object.entries(found).filter((each): each is [string, string | number] => each[1] !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? Math.round(value * 100) / 100 : value]),
  )
}

function explain(found: DnsVolume): Text {
  const { client, domain } = found
  const whole = (value: number) => saidCount(Math.round(value))
  const [bytes, names, bound, queries] = [found.bytes, found.names, found.bound, found.queries].map(whole)
  const hours = Math.max(0.1, (found.time - found.since) / 3_600_000).toFixed(1)
  const [length, density] = [found.charactersPerName.toFixed(0), found.bitsPerCharacter.toFixed(2)]
  const share = saidPercent(found.textShare, 0)
  const pauses = found.irregularity.toFixed(2)
  const usual = found.usual === undefined ? undefined : whole(found.usual)
  return {
    en: `${client} sent up to ${bytes} bytes to ${domain} in ${names} new names within a day (${bound} are allowed${usual === undefined ? '' : `, other clients usually stay below ${usual}`}). First of them ${hours} h ago, ${length} characters before the domain at ${density} bits each, ${queries} queries for new names since then, ${share} of them TXT or NULL; pauses between new names vary by ${pauses} of their mean (0 is a clock, 1 is chance). Look at the names, and at the process that asks for them.`,
    zh: `${client} 一天之内通过 ${names} 个新域名向 ${domain} 送出至多 ${bytes} 字节（上限 ${bound} 字节${usual === undefined ? '' : `，其他客户端通常不超过 ${usual} 字节`}）。首个新域名出现在 ${hours} 小时前；注册域名之前平均 ${length} 个字符，每字符 ${density} 比特；此后对新域名共查询 ${queries} 次，其中 TXT 或 NULL 占 ${share}；新域名间隔的离散程度为均值的 ${pauses} 倍（0 为定时，1 为随机）。请查看这些域名以及发起查询的进程。`,
  }
}
