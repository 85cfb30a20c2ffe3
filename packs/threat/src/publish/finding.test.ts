import { expect, test } from 'vitest'
import type { Alert } from '../detect/alert.ts'
import { checkFinding } from './check-finding.ts'
import { detectionFinding } from './detection-finding.ts'
import { incidentFinding, type PublishedIncident } from './incident-finding.ts'
import { attacksOf } from './ocsf.ts'

const alert: Alert = {
  rule: {
    ...{ id: 'a1', title: 'Mimikatz', level: 'high', version: '', author: 'Florian Roth', licence: 'DRL 1.1' },
    ...{
      link: 'https://rules.example/a1',
      tags: ['attack.credential-access', 'attack.t1003.001', 'attack.s0002', 'cve.2020-1'],
    },
  },
  ...{
    file: 'x.ndjson',
    line: 3,
    logSource: { product: 'windows', category: 'process_creation' } as Alert['logSource'],
  },
  matched: [],
}
const parts = {
  uid: 'f-1',
  activity: 'create',
  time: 1_795_000_000_000,
  product: { name: 'Dengta', vendor_name: 'Dengta', version: '0.1.0' },
} as const
const incident: PublishedIncident = {
  ...{ title: 'Credential theft', description: 'on web-01', severity: 'critical', state: 'waiting', team: 'SOC' },
  ...{
    firstSeen: 1,
    lastSeen: 2,
    alerts: [
      { uid: 'f-1', alert },
      { uid: 'f-2', alert },
    ],
  },
}

test('an alert becomes a detection finding that keeps the author and the licence of its rule', () => {
  const finding = detectionFinding(alert, parts)
  expect(checkFinding(finding)).toEqual([])
  expect(finding).toMatchObject({
    ...{ class_uid: 2004, type_uid: 200401, severity_id: 4, severity: 'High', is_alert: true },
    finding_info: {
      analytic: { uid: 'a1', type_id: 1, desc: 'Rule by Florian Roth, DRL 1.1' },
      src_url: 'https://rules.example/a1',
    },
    unmapped: { rule: { author: 'Florian Roth', licence: 'DRL 1.1', link: 'https://rules.example/a1' } },
  })
  expect(
    checkFinding(detectionFinding({ ...alert, rule: { ...alert.rule, level: 'odd', link: '', tags: [] } }, parts)),
  ).toEqual([])
})

test.each(['', 'web-shell.yml', 'rules/web shell.yml', 'https://'])(
  'the link "%s" is no address: no src_url',
  (link) => {
    const finding = detectionFinding({ ...alert, rule: { ...alert.rule, link } }, parts)
    expect(checkFinding(finding)).toEqual([])
    expect(finding.finding_info).not.toHaveProperty('src_url')
    expect(finding.unmapped).toMatchObject({ rule: { link } })
  },
)

test('an incident becomes an incident finding with the credit of each rule once', () => {
  const finding = incidentFinding(incident, { ...parts, uid: 'i-1', activity: 'update' })
  expect(checkFinding(finding)).toEqual([])
  expect(finding).toMatchObject({
    class_uid: 2005,
    type_uid: 200502,
    status_id: 3,
    status: 'On Hold',
    severity_id: 5,
    priority_id: 4,
  })
  expect(finding.finding_info_list.map(({ uid }) => uid)).toEqual(['f-1', 'f-2'])
  expect(finding.unmapped).toMatchObject({ rules: [{ author: 'Florian Roth', licence: 'DRL 1.1' }] })
})

test('tags become techniques and tactics; software and CVEs do not', () => {
  expect(attacksOf(alert.rule.tags)).toEqual([
    { tactic: { name: 'credential access' } },
    {
      technique: { uid: 'T1003', src_url: 'https://attack.mitre.org/techniques/T1003/' },
      sub_technique: { uid: 'T1003.001', src_url: 'https://attack.mitre.org/techniques/T1003/001/' },
    },
  ])
})

test.each<[string, object, string]>([
  ['no finding_info', { finding_info: undefined }, '$.finding_info: '],
  ['a severity outside the enumeration', { severity_id: 7 }, '$.severity_id: '],
  ['a type that is not that of class and activity', { type_uid: 200402 }, '$.type_uid: must be 200401'],
  ['another version', { metadata: { version: '1.0.0', product: { name: 'x' } } }, '$.metadata.version: '],
  ['another class', { class_uid: 2001 }, '$.class_uid: 2001 is not a class that is published here'],
  ['an attack of nothing', { finding_info: { uid: 'x', attacks: [{}] } }, '$.finding_info.attacks[0]: needs tactic'],
])('the check finds %s', (_, change, wanted) => {
  expect(checkFinding({ ...detectionFinding(alert, parts), ...change }).join()).toContain(wanted)
})
