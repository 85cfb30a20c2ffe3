import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReloadView, RuleExplanation } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANN, AUDITOR, DEVELOPER, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { explainApart } from './explain-client.ts'

const RULES = `title: Shadow
id: shadow
author: Ada
license: DRL-1.1
logsource: {product: linux}
detection:
  selection: {CommandLine|contains: /etc/shadow}
  user: {User: backup}
  condition: selection and not user
---
title: Often
id: often
correlation: {type: event_count, rules: [shadow], group-by: [User], timespan: 1m, condition: {gte: 3}}
`
const FILTER = `title: Not the lab
logsource: {product: linux}
filter: {rules: [shadow], lab: {Computer|startswith: lab-}, condition: not lab}
`
const EVENT = { _product: 'linux', CommandLine: 'cat /etc/shadow', User: 'eve', Computer: 'lab-1' }

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

describe.each(testStores())('an event explained in the house, $name', (stores) => {
  let house: ThreatHouse
  const folder = mkdtempSync(join(tmpdir(), 'dengta-explain-'))
  const explain = (text: string, id = 'shadow', by = AUDITOR) =>
    house.call<RuleExplanation>(by, 'POST /rules/:id/explain', { params: { id }, body: pieces(text) })

  beforeAll(async () => {
    writeFileSync(join(folder, 'a.yml'), RULES)
    writeFileSync(join(folder, 'b.yml'), FILTER)
    house = await threatHouse(stores, { rules: folder })
  })
  afterAll(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })

  test('detection by detection, with the condition, the filters and the credit of the rule', async () => {
    const answer = await explain(JSON.stringify(EVENT))
    expect(answer).toMatchObject({
      rule: { id: 'shadow', author: 'Ada', licence: 'DRL-1.1' },
      ...{ fires: false, logSource: { fits: true, wanted: { product: 'linux' } } },
      conditions: [{ text: 'selection and not user', holds: true, namesNothing: false }],
      filters: [{ name: 'Not the lab', holds: false }],
    })
    expect(answer.detections).toEqual([
      {
        ...{ name: 'selection', holds: true, more: 0 },
        items: [
          {
            ...{ depth: 0, holds: true, what: 'match' },
            match: { field: 'CommandLine', wanted: '*/etc/shadow*', found: ['cat /etc/shadow'] },
          },
        ],
      },
      {
        ...{ name: 'user', holds: false, more: 0 },
        items: [{ depth: 0, holds: false, what: 'match', match: { field: 'User', wanted: 'backup', found: ['eve'] } }],
      },
    ])
    expect((await explain(JSON.stringify({ ...EVENT, Computer: 'web-1' }))).fires).toBe(true)
  })

  test('who may not look is refused', async () => {
    await expect(explain('{}', 'shadow', DEVELOPER)).rejects.toThrow('does not allow')
  })

  test.each([
    ['{"a": ', 'shadow', 'threat.not_an_event'],
    ['[]', 'shadow', 'threat.not_an_event'],
    ['{}', 'nobody', 'threat.missing'],
    ['{}', 'often', 'threat.not_explainable'],
  ])('%s for %s is refused as %s', async (text, id, code) => {
    await expect(explain(text, id)).rejects.toMatchObject({ code })
  })

  test('more than a few at a time are put off; none is lost', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 7 }, () => explain(JSON.stringify(EVENT))))
    const codes = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(codes).toEqual(['threat.explain_busy', 'threat.explain_busy'])
  })

  test('a comparison that takes too long is ended', async () => {
    const task = { source: { path: folder }, hash: '', id: 'shadow', file: 'a.yml', event: EVENT }
    await expect(explainApart(task, 1)).rejects.toMatchObject({ code: 'threat.explain_failed' })
  })

  test('files that changed since they were loaded are not explained until they are read again', async () => {
    writeFileSync(join(folder, 'a.yml'), RULES.replace('/etc/shadow', '/etc/gshadow'))
    await expect(explain(JSON.stringify(EVENT))).rejects.toMatchObject({ code: 'threat.rules_changed' })
    expect(await house.call<ReloadView>(ANN, 'POST /rule-set/reload')).toMatchObject({ changed: true })
    expect((await explain(JSON.stringify(EVENT))).detections[0]?.holds).toBe(false)
  })
})
