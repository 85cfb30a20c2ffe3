import type { CoverageView, ReloadView, RuleDetail, RulePage, RuleRow, RuleSetView, Text } from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** One line a rule: level, state, hits, groups judged benign of all judged, share of the time of all rules, title, id. */
export function ruleRows({ rules, total }: RulePage, { say }: Say): string[] {
  const rows = rules.map((rule) => [
    ...[
      say(called('level', rule.level)),
      say(STATES[rule.state]),
      `${rule.hits} ×`,
      benignOf(rule),
      shareOf(rule),
      rule.title,
      rule.id,
    ],
  ])
  return [
    ...formatTable(rows),
    say({ en: `${rules.length} of ${total} rules`, zh: `${total} 条规则中的 ${rules.length} 条` }),
  ]
}

function benignOf({ verdicts: { attack, benign, unclear } }: RuleRow): string {
  const judged = attack + benign + unclear
  return judged === 0 ? '–' : `${benign} / ${judged}`
}

const shareOf = ({ cost }: RuleRow): string => (cost === undefined ? '–' : `${(100 * cost.share).toFixed(1)} %`)

/** One rule: credit, what it is about, hits, what people made of them, cost, and its text. */
export function ruleLines(rule: RuleDetail, { say }: Say): string[] {
  const { id, title, level, state, version, hits, lastHit, verdicts, quarantine, logSource } = rule
  const { attack, benign, unclear } = verdicts
  const fields: [Text, string][] = [
    [WORDS.credit, [rule.author, rule.licence, rule.link].filter(Boolean).join('; ')],
    [WORDS.place, `${rule.file}:${rule.line}`],
    [WORDS.logSource, sourceName(logSource)],
    [WORDS.techniques, rule.techniques.join(', ')],
    [WORDS.readBy, rule.readBy.join(', ')],
    [WORDS.hits, lastHit === undefined ? String(hits) : `${hits}  ${say(WORDS.lastHit)} ${lastHit}`],
    [WORDS.verdicts, say(verdictText({ attack, benign, unclear }))],
    [WORDS.cost, costText(rule, { say })],
    [WORDS.falsePositives, rule.falsePositives.join('; ')],
  ]
  return [
    `${id}  ${say(called('level', level))}  ${say(STATES[state])}  ${version}`.trimEnd(),
    title,
    ...(quarantine === undefined ? [] : [`✗ ${quarantine.since}  ${say(quarantine.reason)}`]),
    ...fields.filter(([, value]) => value !== '').map(([name, value]) => `${say(name)}: ${value}`),
    '',
    rule.yaml.trimEnd(),
  ]
}

const verdictText = ({ attack, benign, unclear }: RuleDetail['verdicts']): Text => ({
  en: `${attack} attack, ${benign} benign, ${unclear} unclear`,
  zh: `攻击 ${attack}，良性 ${benign}，存疑 ${unclear}`,
})

function costText({ cost }: RuleRow, { say }: Say): string {
  if (cost === undefined) return ''
  const [share, seconds] = [(100 * cost.share).toFixed(1), cost.secondsPerMillion.toPrecision(2)]
  return say({
    en: `${share} % of the time of all rules, ${seconds} s a million events`,
    zh: `占全部规则耗时的 ${share} %，每百万事件 ${seconds} 秒`,
  })
}

/** The load report: counts, log sources, and each document that is refused or without effect, with file, line and reason. */
export function ruleSetLines(set: RuleSetView, { say }: Say): string[] {
  const { source, loadedAt, rules, correlations, filters, refused, idle, byLogSource, quarantined, record } = set
  return [
    `${say(source)}  ${loadedAt}`,
    ...formatTable(byLogSource.map((each) => [String(each.rules), sourceName(each)])),
    ...refused.map(({ file, line, code, reason }) => `✗ ${file}:${line}  ${say(reason)} [${code}]`),
    ...idle.map(({ file, line, reason }) => `! ${file}:${line}  ${say(reason)}`),
    ...quarantined.map((id) => `✗ ${say(WORDS.quarantined)}: ${id}`),
    say({
      en: `${rules} rules, ${correlations} correlations, ${filters} filters; ${refused.length} refused`,
      zh: `${rules} 条规则、${correlations} 条关联规则、${filters} 条过滤规则；拒绝 ${refused.length} 条`,
    }),
    ...(record === undefined ? [] : [`${say(WORDS.record)}: ${record}`]),
  ]
}

export function reloadLines(set: ReloadView, speaker: Say): string[] {
  return [...ruleSetLines(set, speaker), speaker.say(set.changed ? CHANGED : UNCHANGED)]
}

const CHANGED: Text = { en: 'the new set is in force', zh: '新规则集已生效' }
const UNCHANGED: Text = { en: 'the files are as before; nothing was changed', zh: '文件未变，规则集保持不变' }

/** Techniques with a rule, of all, by tactic. */
export function coverageLines(
  { tactics, covered, techniques, untagged, source }: CoverageView,
  { say }: Say,
): string[] {
  const rows = tactics.map(({ id, name, techniques: cells }) => {
    const hit = cells.filter(({ hits }) => hits > 0).length
    return [id, say(name), `${cells.filter(({ rules }) => rules > 0).length} / ${cells.length}`, String(hit)]
  })
  return [
    ...formatTable([COVERAGE_HEADS.map(say), ...rows]),
    say({
      en: `${covered} of ${techniques} techniques have a rule; ${untagged} rules name none`,
      zh: `${techniques} 项技术中 ${covered} 项有规则；${untagged} 条规则未标注技术`,
    }),
    say(source),
  ]
}

const COVERAGE_HEADS: readonly Text[] = [
  { en: 'tactic', zh: '战术' },
  { en: 'name', zh: '名称' },
  { en: 'with a rule', zh: '有规则' },
  { en: 'seen', zh: '有命中' },
]

const sourceName = ({ product = '*', category = '*', service = '*' }: RuleRow['logSource']): string =>
  [product, category, service].join(' / ')

const STATES = {
  active: { en: 'active', zh: '生效' },
  silent: { en: 'silent', zh: '静默' },
  quarantined: { en: 'quarantined', zh: '已隔离' },
} satisfies Record<RuleRow['state'], Text>

const WORDS = {
  credit: { en: 'rule by', zh: '规则作者' },
  place: { en: 'file', zh: '文件' },
  logSource: { en: 'log source', zh: '日志源' },
  techniques: { en: 'techniques', zh: '技术' },
  readBy: { en: 'read by', zh: '被以下关联规则引用' },
  hits: { en: 'hits', zh: '命中' },
  lastHit: { en: 'last at', zh: '最近' },
  verdicts: { en: 'verdicts on its groups', zh: '人工结论' },
  cost: { en: 'cost', zh: '耗时' },
  falsePositives: { en: 'known false alarms', zh: '已知误报' },
  quarantined: { en: 'quarantined', zh: '已隔离' },
  record: { en: 'record', zh: '凭证' },
} satisfies Record<string, Text>
