import type {
  DeliveryView,
  DryRunView,
  PlaybookDetail,
  PlaybookRow,
  RunDetail,
  RunRow,
  Text,
  WebhookView,
} from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>
type Sent = DryRunView['steps'][number]['sends'][number]

export function playbookRows(playbooks: readonly PlaybookRow[], { say }: Say): string[] {
  return formatTable(
    playbooks.map(({ id, name, from, approval, inputs, why }) => [
      ...[id, say(name), say(called('from', from)), say(called('approval', approval))],
      ...[inputs.map((each) => each.name).join(' '), why ? say(why) : ''],
    ]),
  )
}

export function playbookLines(playbook: PlaybookDetail, { say }: Say): string[] {
  return [
    ...[`${playbook.id}  ${playbook.modified}`, say(playbook.name), say(playbook.description)],
    ...playbook.inputs.map(({ name, type, value }) => `${name} (${type})${value === undefined ? '' : ` = ${value}`}`),
    '',
    say(playbook.outline),
    ...faultLines(playbook.faults, { say }),
  ]
}

export function faultLines(faults: PlaybookDetail['faults'], { say }: Say): string[] {
  return faults.map(({ path, problem }) => `✗ ${path}: ${say(problem)}`)
}

/** What each step would send, how it is checked and undone; every line of a command is the whole of what is sent. */
export function dryLines({ steps, branches, calls }: DryRunView, { say }: Say): string[] {
  return [
    ...steps.flatMap((step) => [
      `${say(step.name)}  ${say(called('approval', step.approval))}${step.approverDiffers ? say(WORDS.other) : ''}`,
      ...(step.open ? [`  ✗ ${say(step.open)}`] : []),
      ...step.sends.map((each) => `  ${say(WORDS.sends)} ${sentLine(each)}`),
      ...(step.expects === undefined ? [] : [`  ${say(WORDS.checks)} ${step.expects}`]),
      ...(step.digest === undefined ? [] : [`  ${say(WORDS.digest)} ${step.digest}`]),
      ...(typeof step.undo === 'string'
        ? [`  ${say(UNDO[step.undo])}`]
        : step.undo.map((each) => `  ${say(WORDS.undo)} ${sentLine(each)}`)),
    ]),
    ...branches.map(({ condition, holds }) => `${condition}: ${holds ?? '?'}`),
    ...calls.map((id) => `→ ${id}`),
    say({ en: 'nothing was sent', zh: '未发送任何内容' }),
  ]
}

const sentLine = ({ type, place, request }: Sent): string => `${type} → ${place}  ${JSON.stringify(request)}`

export function runRows(runs: readonly RunRow[], { say }: Say): string[] {
  return formatTable(
    runs.map(({ id, status, asks, requester, simulated, name }) => [
      ...[id, say(called('run', status)), asks ? say(called('asks', asks)) : '', requester],
      ...[simulated ? say(WORDS.simulated) : '', say(name)],
    ]),
  )
}

export function runLines(run: RunDetail, { say }: Say): string[] {
  const { id, status, asks, name, work, demand, failure, journal, simulated, places } = run
  const where = simulated ? say(WORDS.simulated) : places.join(', ')
  return [
    `${id}  ${say(called('run', status))}${asks ? ` (${say(called('asks', asks))})` : ''}  ${where}`,
    say(name),
    ...(failure ? [`✗ ${say(failure)}`] : []),
    ...(work
      ? [
          `${say(work.name)}  ${demand ? say(called('approval', demand.level)) : ''}`,
          ...work.commands.map((each) => `  ${sentLine(each)}`),
        ]
      : []),
    ...(work && asks === 'approval' ? [`npx dengta threat run consent ${id} ${work.digest}`] : []),
    ...formatTable(
      journal.map(({ at, kind, actor, outcome, detail }) => [
        ...[`  ${at}`, say(called('journal', kind)), actor, outcome ? say(called('outcome', outcome)) : ''],
        detail === undefined ? '' : say(detail),
      ]),
    ),
  ]
}

export function webhookRows(endpoints: readonly WebhookView[], { say }: Say): string[] {
  const told = (state: DeliveryView['state'], count: number) => `${say(called('delivery', state))} ${count}`
  return formatTable(
    endpoints.map(({ id, url, secrets, pending, delivered, dead }) => [
      ...[id, url, secrets.join(',')],
      ...[told('pending', pending), told('delivered', delivered), told('dead', dead)],
    ]),
  )
}

export function deliveryRows(deliveries: readonly DeliveryView[], { say }: Say): string[] {
  return formatTable(
    deliveries.map(({ id, endpoint, type, state, attempts, dueAt, lastProblem = '' }) => [
      ...[id, endpoint, type, say(called('delivery', state)), String(attempts), dueAt, lastProblem],
    ]),
  )
}

const WORDS = {
  other: { en: ', not by whoever asked for it', zh: '，且不能是发起人' },
  sends: { en: 'sends', zh: '发送' },
  checks: { en: 'checks', zh: '检查' },
  digest: { en: 'digest', zh: '摘要' },
  undo: { en: 'undo', zh: '撤销' },
  simulated: { en: 'simulator', zh: '模拟器' },
} satisfies Record<string, Text>

const UNDO = {
  none: { en: 'cannot be undone', zh: '无法撤销' },
  later: { en: 'its undoing needs the answer of the step', zh: '撤销方式取决于该步骤的返回' },
} satisfies Record<string, Text>
