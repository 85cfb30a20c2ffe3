import type { Text } from '@dengta/kernel'

/** Help of alerts and of the rules in force. */
export const RULE_WORDS = {
  alerts: { en: 'stored alerts: list, show, explain, as OCSF', zh: '已存告警：列表、详情、解释、导出 OCSF' },
  newest: { en: 'the newest first', zh: '新的在前' },
  ofRule: { en: 'only of this rule', zh: '仅限该规则' },
  ofHost: { en: 'only of this host', zh: '仅限该主机' },
  ofGroup: { en: 'only of this group', zh: '仅限该告警组' },
  eventsFrom: {
    en: 'events not before, e.g. 2026-11-22T08:00:00Z',
    zh: '事件不早于此时间，如 2026-11-22T08:00:00Z',
  },
  eventsTo: { en: 'events before', zh: '事件早于此时间' },
  showAlert: { en: 'its rule with credit, what matched, the event', zh: '规则与署名、匹配字段、原始事件' },
  explainAlert: {
    en: 'why its rule, or another one of the house, fires for its event or not',
    zh: '其规则（或平台的另一条规则）对该事件为何命中或未命中',
  },
  alertOcsf: {
    en: 'as an OCSF 1.5.0 detection finding, JSON, for any SIEM',
    zh: '导出为 OCSF 1.5.0 检测发现（JSON），供 SIEM 使用',
  },
  rules: {
    en: 'rules in force: list, show, filter, lift, report, reload, coverage',
    zh: '生效的规则：列表、详情、起草过滤、解除隔离、加载报告、重新加载、覆盖',
  },
  mostHits: { en: 'those with most hits first', zh: '命中最多的在前' },
  text: { en: 'looked for in title, id and tags', zh: '在标题、编号与标签中查找' },
  product: { en: 'only for log sources of this product', zh: '仅限该产品的日志源' },
  technique: {
    en: 'only for this ATT&CK technique, e.g. T1059.001',
    zh: '仅限该 ATT&CK 技术，如 T1059.001',
  },
  hit: { en: 'only those that ever fired, or never', zh: '仅限曾经命中的，或从未命中的' },
  order: { en: 'what comes first', zh: '排序方式' },
  showRule: {
    en: 'credit, hits, verdicts of people, cost, and the rule as it was written',
    zh: '署名、命中、人工结论、耗时与规则原文',
  },
  filter: {
    en: 'draft a Sigma filter from what alerts judged benign have in common; exit code 1 without one',
    zh: '由判为良性的告警的共同取值起草 Sigma 过滤规则；无从起草时退出码为 1',
  },
  lift: { en: 'evaluate a rule in quarantine again', zh: '解除规则隔离，恢复执行' },
  report: {
    en: 'the rule set in force, by log source, and every document that was refused',
    zh: '加载报告：各日志源的规则数，以及被拒绝的每份文档',
  },
  reload: {
    en: 'read the rules again and swap them in without a gap; the set goes on record',
    zh: '重新加载规则，切换不中断检测；规则集写入凭证',
  },
  coverage: {
    en: 'techniques of the ATT&CK matrix that rules name, by tactic',
    zh: '规则所涉及的 ATT&CK 技术，按战术列出',
  },
} satisfies Record<string, Text>
