import type { Text } from '@dengta/kernel'

/** Help of `dengta threat`: what needs no house, and what runs through it. */
export const THREAT_WORDS = {
  lint: {
    en: 'check rule files, folders or a .tar.gz; exit code 1 when one is refused',
    zh: '检查规则文件、目录或 .tar.gz；有规则被拒绝时退出码为 1',
  },
  explain: {
    en: 'why a rule fires or not for one event, comparison by comparison',
    zh: '逐项比对，说明规则对某个事件为何命中或未命中',
  },
  whereRules: {
    en: 'where to look for the rule by id, name or title, when it is no file',
    zh: '不给规则文件时，按编号、名称或标题在此查找规则',
  },
  explainArguments: {
    en: 'Event: FILE or FILE:LINE, line 1 without one. Rule: a rule file, or with --rules an id.',
    zh: '事件：文件 或 文件:行号，不写行号即第 1 行。规则：规则文件，或配合 --rules 使用的编号。',
  },
  detect: {
    en: 'run rules and correlations over event files; one alert a line, as JSON',
    zh: '对事件文件运行检测规则与关联规则；每行一条 JSON 告警',
  },
  rules: { en: 'rule files, folders or a .tar.gz', zh: '规则文件、目录或 .tar.gz' },
  table: { en: 'alerts as rows for people', zh: '以便于阅读的行显示告警' },
  summary: { en: 'only the counts', zh: '只给计数' },
  lateness: {
    en: 'how late events may come, as 30s or 1h; without it files are sorted whole, - waits 1m',
    zh: '允许事件迟到多久，如 30s、1h；不写则文件整体排序，标准输入等待 1m',
  },
  licence: { en: 'licence of rules that name none', zh: '未注明许可的规则所用的许可' },
  link: { en: 'address of the rule set', zh: '规则集的网址' },
  noDns: { en: 'without the watch over what leaves in DNS names', zh: '不检查经 DNS 域名的外传' },
  detectFiles: {
    en: 'File: NDJSON, Windows event log (.evtx), syslog or audit log (.log), also .gz, .br and .zst; a folder of them; - for NDJSON on standard input.',
    zh: '文件：NDJSON、Windows 事件日志（.evtx）、syslog 或审计日志（.log），可再加 .gz、.br、.zst；或其目录；- 表示从标准输入读 NDJSON。',
  },
  mapping: {
    en: 'own mappings, tried before those of the pack; else DENGTA_THREAT_MAPPINGS',
    zh: '自有映射目录，先于自带映射；不写则取 DENGTA_THREAT_MAPPINGS',
  },
  under: { en: 'only these folders of a rule folder or archive', zh: '仅限规则目录或归档中的这些目录' },
  demo: {
    en: 'replay a labelled log end to end: detect, correlate, group, decide, respond, ticket, evidence',
    zh: '全流程回放带标签的日志：检测、关联、归组、研判、响应、工单、凭证',
  },
  speed: {
    en: 'so many times faster than it happened; 0: as fast as possible',
    zh: '比实际快多少倍；0 表示尽可能快',
  },
  unseenNetwork: { en: 'the network that the model has not seen', zh: '模型没有见过的网络' },
  dataFolder: {
    en: 'folder with threat/ in it; DENGTA_DATA unless stated, no effect on a running server',
    zh: '含 threat/ 的目录；不写则取 DENGTA_DATA，对正在运行的服务无效',
  },
  sample: {
    en: 'the networks of our own making (SIMULATED), even where real ones are there',
    zh: '即使有真实网络也使用自造的网络（模拟数据）',
  },
  noEvents: {
    en: 'leave detection and correlation in recorded events out',
    zh: '不对录制事件作检测与关联',
  },
  risk: {
    en: 'bounds against what was observed: automation, false alarms, missed steps, always together',
    zh: '风险上限与实测值：自动化、误报、漏报步骤，一并列出',
  },
  prove: {
    en: 'one triage decision with its proof against the signed record of its batch; exit code 1 where a check fails',
    zh: '对照所在批次的签名凭证证明一条研判决定；有核验未通过时退出码为 1',
  },
  scenario: {
    en: 'state the triage scenario, seal one network hidden, score two models on it, decide the gates; stop the server first',
    zh: '提出研判场景，封存一个隐藏网络，评测两个模型，判定关口；请先停止服务',
  },
  flow: {
    en: 'the live flow: rates, delay, sources, notices; exit code 1 where it cannot open or store',
    zh: '实时流量：速率、滞后、来源、提示；无法接入或入库时退出码为 1',
  },
  audit: { en: 'who did what, newest first, with the records of it', zh: '谁做了什么，新的在前，并附凭证' },
  auditKind: { en: 'only acts on these', zh: '仅限该类对象' },
  auditActor: { en: 'only of this participant', zh: '仅限该参与方' },
  auditFrom: { en: 'not before, e.g. 2026-11-22T08:00:00Z', zh: '不早于此时间，如 2026-11-22T08:00:00Z' },
} satisfies Record<string, Text>
