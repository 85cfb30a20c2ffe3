import { describe, expect, test } from 'vitest'
import { normalise } from '../match/plain-matcher.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import type { Observation } from '../pipeline/observation.ts'
import type { PipelineAlert } from '../pipeline/pipeline-alert.ts'
import { StageChain } from '../pipeline/stage/stage-chain.ts'
import { inTurns } from '../pipeline/turns.ts'
import { dnsQueryOf } from './dns-query-of.ts'
import { DNS_QUERY_RULES } from './dns-query-rules.ts'
import { DNS_VOLUME, DnsVolumeStage } from './dns-volume-stage.ts'
import { encoded, payload } from './tunnel.fixture.ts'

const START = Date.parse('2026-03-02T06:00:00Z')
const [DNS_LOG = '', SYSMON = ''] = [...DNS_QUERY_RULES]
const formats = await loadMappings()
const chainOf = (): StageChain => new StageChain([new DnsVolumeStage({ key: [1, 2], formats, bound: 500 })])
const name = (at: number): string => `${encoded(payload(`s${at}`, 20), 'hex')}.evil.net`

const FORMS = {
  zeek: (at: number) => ({
    _path: 'dns',
    'id.orig_h': '10.1.1.9',
    'id.resp_p': 53,
    query: name(at),
    qtype_name: 'TXT',
  }),
  sysmon: (at: number) => ({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 22,
    Hostname: 'PC9',
    QueryName: name(at),
  }),
  ecs: (at: number) => ({ source: { ip: '10.1.1.9' }, dns: { question: { name: name(at), type: 'TXT' } } }),
  suricata: (at: number) => ({ src_ip: '10.1.1.9', dest_port: 53, dns: { rrname: name(at), rrtype: 'TXT' } }),
}

function observed(at: number, event: object): Observation[] {
  const time = START + at * 60_000
  const seen = dnsQueryOf(normalise(event, formats).view, time)
  return seen ? [{ file: 'dns', line: at + 1, sequence: at, receivedMs: time, seen }] : []
}

/** As steps were stored when queries still were silent alerts. */
function alertOf(at: number, event: object, rule = DNS_LOG): PipelineAlert {
  const head = { id: rule, title: '', level: 'informational', version: '', author: '', licence: '', link: '', tags: [] }
  const time = START + at * 60_000
  const place = { file: 'dns', line: at + 1, sequence: at, receivedMs: time, eventMs: time }
  return { id: `a${at}`, rule: head, logSource: {}, matched: [], ...place, event }
}

const push = (chain: StageChain, at: number, event: object) => chain.push([], START + at * 60_000, observed(at, event))

const pushOld = (chain: StageChain, at: number, event: object, rule?: string) =>
  chain.push([alertOf(at, event, rule)], START + at * 60_000)

describe.each(Object.entries(FORMS))('%s', (form, eventOf) => {
  test('a tunnel becomes an alert with techniques, client, figures and words', async () => {
    const [chain, before] = [chainOf(), chainOf()]
    const rule = form === 'sysmon' ? SYSMON : DNS_LOG
    const found = []
    const old = []
    for (let at = 0; at < 30; at += 1) {
      found.push(...(await push(chain, at, eventOf(at))))
      old.push(...(await pushOld(before, at, eventOf(at), rule)))
    }
    expect(old).toEqual(found)
    const host = form === 'sysmon' ? 'PC9' : '10.1.1.9'
    expect(found).toMatchObject([
      {
        stage: DNS_VOLUME,
        body: {
          rule: { id: 'dengta-dns-volume', level: 'high', version: '1', author: 'Dengta' },
          entities: { host },
          event: { domain: 'evil.net', bound: 500, text: { en: expect.stringContaining(`${host} sent up to 5`) } },
        },
      },
    ])
    const tags = found.flatMap(({ body }) => (body as PipelineAlert).rule.tags)
    expect(tags).toEqual(expect.arrayContaining(['attack.t1048.003', 'attack.t1071.004']))
  })
})

test('names asked for on the link, and alerts of other rules, are not watched', async () => {
  const chain = chainOf()
  for (let at = 0; at < 60; at += 1) {
    expect(await push(chain, at, { ...FORMS.zeek(at), 'id.resp_p': 5353 })).toEqual([])
    expect(await pushOld(chain, at, FORMS.zeek(at), 'another rule')).toEqual([])
  }
})

test('one sender with a clock a year ahead does not blind the watch', async () => {
  const chain = chainOf()
  const ahead = { ...alertOf(0, FORMS.zeek(999)), eventMs: START + 365 * 86_400_000 }
  await chain.push([ahead], START)
  const found = []
  for (let at = 0; at < 30; at += 1) found.push(...(await push(chain, at, FORMS.zeek(at))))
  expect(found).toHaveLength(1)
})

test('a state from a house whose clock was a year ahead does not blind the watch once the clock is right', async () => {
  const [wrong, right] = [chainOf(), chainOf()]
  await push(wrong, 365 * 1440, FORMS.zeek(999))
  const work = await inTurns(wrong.freeze())
  right.restore(Buffer.concat((work && (await inTurns(work))) ?? []))
  const found = []
  for (let at = 0; at < 30; at += 1) found.push(...(await push(right, at, FORMS.zeek(at))))
  expect(found).toHaveLength(1)
})

test('frozen in the middle and restored, it alerts at the same query; what is pushed meanwhile is not in the copy', async () => {
  const [going, restored] = [chainOf(), chainOf()]
  for (let at = 0; at < 10; at += 1) await push(going, at, FORMS.zeek(at))
  const work = await inTurns(going.freeze())
  const found = [await push(going, 10, FORMS.zeek(10))]
  const state = work && (await inTurns(work))
  restored.restore(Buffer.concat(state ?? []))
  const again = [await push(restored, 10, FORMS.zeek(10))]
  for (let at = 11; at < 40; at += 1) {
    found.push(await push(going, at, FORMS.zeek(at)))
    again.push(await push(restored, at, FORMS.zeek(at)))
  }
  expect(found.flat()).not.toEqual([])
  expect(again).toEqual(found)
})
