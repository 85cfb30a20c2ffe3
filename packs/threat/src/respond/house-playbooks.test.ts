import { expect, test } from 'vitest'
import { playbookLayout } from '../playbook/playbook-layout.ts'
import { HOUSE_EXTENSION, playbookName } from '../playbook/playbook-names.ts'
import { playbookOutline } from '../playbook/playbook-outline.ts'
import { dryRun } from './dry-run.ts'
import { bench, house } from './engine.fixture.ts'

const INPUTS: Record<string, Record<string, string>> = {
  'isolate-host': { __host__: 'web-01' },
  'disable-account': { __account__: 'eve' },
  'block-address': { __address__: '203.0.113.9' },
  'collect-evidence': { __host__: 'web-01' },
}

test('there are four, each with names in both languages', () => {
  expect([...house.keys()].toSorted()).toEqual(Object.keys(INPUTS).toSorted())
  for (const playbook of house.values()) {
    const { en, zh } = playbookName(playbook)
    expect(zh).not.toBe(en)
    expect(playbookOutline(playbook, 'zh')).toMatch(/[一-鿿]/)
    expect(playbookLayout(playbook).nodes).toHaveLength(Object.keys(playbook.workflow).length)
  }
})

test.each(Object.keys(INPUTS))(
  '%s: the dry run shows command, consent, check and undoing, and sends nothing',
  (name) => {
    const { parts, acted } = bench()
    const { steps } = dryRun(house.get(name) as never, INPUTS[name] as never, parts)
    expect(acted).toEqual([])
    for (const step of steps) {
      expect([step.sends.length, step.checks.length, step.open]).toEqual([1, 1, undefined])
      expect(['none', 'analyst', 'lead', 'two-people']).toContain(step.approval)
      expect(step.undo === 'later' || step.undo.length === 1).toBe(true)
      expect(step.undo).not.toBe('none')
    }
  },
)

test('the dry run says that a step could not be undone, where its undoing cannot be sent', () => {
  const playbook = structuredClone(house.get('isolate-host')) as NonNullable<ReturnType<typeof house.get>>
  for (const { step_extensions } of Object.values(playbook.workflow)) {
    const undo = step_extensions?.[HOUSE_EXTENSION]?.undo as { commands: object[] } | undefined
    if (undo) undo.commands = [{ type: 'ssh', command: 'release' }]
  }
  const [step] = dryRun(playbook, { __host__: 'web-01' }, bench().parts).steps
  expect(step).toMatchObject({ undo: 'none', sends: [{ type: 'openc2-http' }] })
  expect(step?.open).toEqual({
    en: expect.stringMatching(/^it could not be undone: nothing here can execute commands of type ssh/),
    zh: expect.stringMatching(/^将无法撤销：没有可执行 ssh 类命令的适配器/),
  })
})

test('a time limit of 0 is none that was meant', () => {
  const playbook = structuredClone(house.get('isolate-host')) as { workflow: Record<string, object> }
  for (const step of Object.values(playbook.workflow)) Object.assign(step, { timeout: 0 })
  const [step] = dryRun(playbook as never, { __host__: 'web-01' }, bench().parts).steps
  expect(step?.sends).toMatchObject([{ timeoutMs: 30_000 }])
})

test('the dry run says which branch will be taken, and what is missing', () => {
  const { parts } = bench()
  const playbook = house.get('block-address') as never
  expect(dryRun(playbook, { __address__: '2001:db8::1' }, parts).branches).toMatchObject([{ holds: true }])
  const open = dryRun(playbook, {}, parts)
  expect(open.branches).toMatchObject([{ holds: undefined }])
  expect(open.steps[0]?.open?.en).toContain('__address__ has no value yet')
})
