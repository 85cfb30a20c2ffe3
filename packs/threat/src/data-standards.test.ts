import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ticketState, ticketView } from '@dengta/sdk'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import type { Alert } from './detect/alert.ts'
import { detectFiles } from './detect/detect-files.ts'
import type { Format } from './normalise/format.ts'
import { loadMappings } from './normalise/mapping-files.ts'
import { readMappings } from './normalise/read-mapping.ts'
import { playbookSchema } from './playbook/playbook-schema.ts'
import { workflowStep } from './playbook/step-schema.ts'
import { detectionFinding } from './publish/detection-finding.ts'
import { incidentFinding } from './publish/incident-finding.ts'
import { APPROVAL_LEVELS } from './respond/approval.ts'

const EXAMPLE = join(houseRoot(), 'docs/guide/example/threat')
const PAGES = ['threat-data-standards.md', 'threat-data-standards.zh-CN.md'] as const
const pageOf = (name: string): string => readFileSync(join(houseRoot(), 'docs/reference', name), 'utf8')
/** Names that do not stand in the page as words of their own. */
const missing = (page: string, names: readonly string[]): string[] =>
  names.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(page))

/** What the rules of the guide find in its logs. */
async function guideAlerts(formats: readonly Format[]): Promise<Alert[]> {
  const files = ['auth.log', 'vpn.ndjson'].map((file) => join(EXAMPLE, 'events', file))
  const alerts: Alert[] = []
  for await (const alert of detectFiles(files, join(EXAMPLE, 'rules'), { formats })) alerts.push(alert)
  return alerts
}

async function guideFormats(): Promise<Format[]> {
  const text = readFileSync(join(EXAMPLE, 'mapping/vpn.yml'), 'utf8')
  return [...(await loadMappings()), ...readMappings([{ name: 'vpn.yml', text }])]
}

const moment = {
  uid: 'f',
  activity: 'create',
  time: 1,
  product: { name: 'D', vendor_name: 'D', version: '1' },
} as const

test.each(PAGES)('%s names every form of the mappings, and no form that is not there', async (name) => {
  const forms = (await loadMappings()).map(({ id }) => id)
  const stated = /^(?:Forms of the pack: |自带格式：)(.+?)[.。]/m.exec(pageOf(name))?.[1] ?? ''
  expect([...stated.matchAll(/`([^`]+)`/g)].map(([, form]) => form).sort()).toEqual(forms.sort())
})

test.each(PAGES)('%s names every member of alert lines and findings', async (name) => {
  const alert = (await guideAlerts(await guideFormats())).at(-1) as Alert
  const head = {
    title: 't',
    description: 'd',
    severity: 'high',
    state: 'new',
    team: 's',
    assignee: 'a',
    link: 'l',
  } as const
  const incident = { ...head, firstSeen: 1, lastSeen: 2, alerts: [{ uid: 'f', alert }] }
  const found = detectionFinding(alert, moment)
  const told = incidentFinding(incident, moment)
  const names = [alert, alert.rule, alert.matched[0] ?? {}, found, found.finding_info, told].flatMap((each) =>
    Object.keys(each),
  )
  // the page says of these that each number comes with its name
  const implied = new Set(['activity_name', 'category_name', 'class_name', 'type_name', 'severity'])
  expect(
    missing(
      pageOf(name),
      names.filter((each) => !implied.has(each)),
    ),
  ).toEqual([])
})

test.each(PAGES)('%s names what a playbook must have, every kind of step and every consent', (name) => {
  const needed = Object.entries(playbookSchema.shape).filter(([, schema]) => !schema.safeParse(undefined).success)
  const steps = workflowStep.options.map(({ shape }) => String([...shape.type.values][0]))
  expect(needed.length).toBeGreaterThan(5)
  expect(missing(pageOf(name), [...needed.map(([key]) => key), ...steps, ...APPROVAL_LEVELS])).toEqual([])
})

test.each(PAGES)('%s names every time and state of a ticket', (name) => {
  const times = Object.keys(ticketView.shape.clock.shape)
  expect(missing(pageOf(name), [...times, ...ticketState.options])).toEqual([])
})

test('the guide: its rules are valid, and both fire once its mapping is there', async () => {
  const titlesOf = (alerts: readonly Alert[]) => alerts.map(({ rule }) => rule.title)
  expect(titlesOf(await guideAlerts(await loadMappings()))).toEqual(['Failed log-in of root'])
  expect(titlesOf(await guideAlerts(await guideFormats()))).toEqual([
    'Failed log-in of root',
    'Service account on the VPN',
  ])
})
