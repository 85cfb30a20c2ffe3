import type { CoverageView } from '@dengta/sdk'
import { TACTICS, type TechniqueTable } from './attack-matrix.ts'

/** What coverage needs to know of a rule. */
export interface TaggedRule {
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  readonly hits: number
}

interface Tally {
  rules: number
  hits: number
  readonly tactics: Set<string>
}

const parentOf = (technique: string): string => technique.split('.')[0] as string

/** The matrix: every technique of the table with the rules for it and their hits. Without a table every one that a rule names. */
export function coverageOf(rules: readonly TaggedRule[], table: TechniqueTable | undefined): CoverageView {
  const tallies = tallyOf(rules, table)
  const ids = [...(table ?? tallies).keys()].sort()
  const parents = [...new Set(ids.map(parentOf))]
  const nameOf = (id: string) => table?.get(id)?.name ?? id
  const cellOf = (id: string) => {
    const parts = ids.filter((each) => each.startsWith(`${id}.`))
    const sum = (of: 'rules' | 'hits') => [id, ...parts].reduce((all, each) => all + (tallies.get(each)?.[of] ?? 0), 0)
    const part = (each: string) => ({
      id: each,
      name: nameOf(each),
      rules: tallies.get(each)?.rules ?? 0,
      hits: tallies.get(each)?.hits ?? 0,
    })
    return { id, name: nameOf(id), rules: sum('rules'), hits: sum('hits'), parts: parts.map(part) }
  }
  const cells = new Map(parents.map((id) => [id, cellOf(id)]))
  const stands = (id: string, tactic: string) =>
    ids.some(
      (each) =>
        parentOf(each) === id &&
        (table?.get(each)?.tactics.includes(tactic) ?? tallies.get(each)?.tactics.has(tactic) ?? false),
    )
  return {
    tactics: TACTICS.map(({ id, name }) => ({
      id,
      name,
      techniques: parents.filter((each) => stands(each, id)).map((each) => cells.get(each)!),
    })),
    covered: [...cells.values()].filter(({ rules: count }) => count > 0).length,
    techniques: parents.length,
    untagged: rules.filter(({ techniques }) => techniques.length === 0).length,
    notInMatrix: strangers(rules, table),
    complete: table !== undefined,
    source: table === undefined ? ABSENT : SOURCE,
  }
}

/** Techniques and tactics of rules that stand nowhere in the matrix, the most named first. */
function strangers(rules: readonly TaggedRule[], table: TechniqueTable | undefined): CoverageView['notInMatrix'] {
  const tallies = new Map<string, { rules: number; hits: number }>()
  for (const { techniques, tactics, hits } of rules) {
    const unknown = [
      ...techniques.filter((id) => table !== undefined && !table.has(id)),
      ...tactics.filter((id) => !KNOWN_TACTICS.has(id)),
    ]
    for (const id of new Set(unknown)) {
      const tally = tallies.get(id) ?? { rules: 0, hits: 0 }
      tallies.set(id, { rules: tally.rules + 1, hits: tally.hits + hits })
    }
  }
  const listed = [...tallies].map(([id, tally]) => ({ id, ...tally }))
  return listed.sort((one, other) => other.rules - one.rules || (one.id < other.id ? -1 : 1))
}

const KNOWN_TACTICS = new Set(TACTICS.map(({ id }) => id))

function tallyOf(rules: readonly TaggedRule[], table: TechniqueTable | undefined): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const { techniques, tactics, hits } of rules) {
    for (const id of techniques) {
      const tally = tallies.get(id) ?? { rules: 0, hits: 0, tactics: new Set<string>() }
      tally.rules += 1
      tally.hits += hits
      for (const tactic of table?.get(id)?.tactics ?? tactics) tally.tactics.add(tactic)
      tallies.set(id, tally)
    }
  }
  return tallies
}

const SOURCE = {
  en: 'MITRE ATT&CK: 445 technique ids, names and tactics, gathered from elastic/detection-rules',
  zh: 'MITRE ATT&CK：445 项技术的编号、名称与战术，整理自 elastic/detection-rules',
}
const ABSENT = {
  en: 'the ATT&CK table is not on this machine: only techniques that a rule names are shown',
  zh: '本机没有 ATT&CK 技术表：仅显示规则所标注的技术',
}
