import { fillText, type Language, type Text } from '@dengta/kernel'
import { entryOf, type Identifier, type Playbook, type WorkflowStep } from './playbook.ts'
import { playbookDescription, playbookName, stepName } from './playbook-names.ts'
import { type EdgeKind, edgesOf } from './workflow-edges.ts'

const WORDS: Readonly<Record<string, Text>> = {
  start: { en: 'Start', zh: '开始' },
  end: { en: 'End', zh: '结束' },
  action: { en: 'Action', zh: '动作' },
  'playbook-action': { en: 'Playbook', zh: '调用剧本' },
  parallel: { en: 'In parallel', zh: '并行' },
  'if-condition': { en: 'If', zh: '如果' },
  'while-condition': { en: 'While', zh: '当' },
  'switch-condition': { en: 'Depending on', zh: '按取值' },
}
const WAYS: Readonly<Record<string, Text>> = {
  completion: { en: 'then', zh: '然后' },
  success: { en: 'on success', zh: '成功时' },
  failure: { en: 'on failure', zh: '失败时' },
  true: { en: 'if so', zh: '成立时' },
  false: { en: 'otherwise', zh: '否则' },
  parallel: { en: 'branch', zh: '分支' },
  exception: { en: 'on any other failure', zh: '发生其他失败时' },
}
const COLON: Text = { en: ': ', zh: '：' }
const REPEATED: Text = { en: 'see step {number}', zh: '见第 {number} 步' }
const CASE: Text = { en: 'in case of {value}', zh: '取值为 {value} 时' }

interface Entry {
  readonly id: Identifier
  readonly way: EdgeKind | undefined
  readonly depth: number
}

/** The workflow as numbered, indented lines of one language; a step that several ways reach is written once. */
export function playbookOutline(playbook: Playbook, language: Language): string {
  const numbers = new Map<Identifier, number>()
  const lines = [playbookName(playbook)[language], playbookDescription(playbook)[language], ''].filter(
    (line, i) => line !== '' || i === 2,
  )
  const open: Entry[] = entriesOf(playbook)
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const step = entryOf(playbook.workflow, entry.id)
    if (step === undefined) continue
    lines.push(lineOf(entry, step, { language, numbers }))
    if (numbers.has(entry.id)) continue
    numbers.set(entry.id, numbers.size + 1)
    open.push(...followers(entry, step))
  }
  return `${lines.join('\n')}\n`
}

function entriesOf({ workflow_start, workflow_exception }: Playbook): Entry[] {
  const start: Entry = { id: workflow_start, way: undefined, depth: 0 }
  return workflow_exception === undefined ? [start] : [{ id: workflow_exception, way: 'exception', depth: 0 }, start]
}

/** In reverse, as they are taken from the end. Branches are indented; what follows a step is not. */
function followers(entry: Entry, step: WorkflowStep): Entry[] {
  return edgesOf(entry.id, step)
    .map(({ to, kind }) => ({ id: to, way: kind, depth: kind === 'completion' ? entry.depth : entry.depth + 1 }))
    .toReversed()
}

interface OutlineState {
  readonly language: Language
  readonly numbers: ReadonlyMap<Identifier, number>
}

function lineOf({ id, way, depth }: Entry, step: WorkflowStep, { language, numbers }: OutlineState): string {
  const indent = '  '.repeat(Math.min(depth, 20))
  const lead = way === undefined || way === 'completion' ? '' : `${wayText(way, language)}${COLON[language]}`
  const number = numbers.get(id)
  if (number !== undefined) return `${indent}${lead}${fillText(REPEATED, { number })[language]}`
  const word = WORDS[step.type]?.[language] ?? step.type
  const name = stepName(step)[language]
  const detail = 'condition' in step ? ` (${step.condition})` : 'switch' in step ? ` (${step.switch})` : ''
  return `${indent}${numbers.size + 1}. ${lead}${word}${name === step.type ? '' : ` · ${name}`}${detail}`
}

function wayText(way: EdgeKind, language: Language): string {
  if (way.startsWith('case:')) return fillText(CASE, { value: way.slice(5) })[language]
  return WAYS[way]?.[language] ?? way
}
