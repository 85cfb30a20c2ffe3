import { saidCount, saidPercent } from '@dengta/kernel'
import type { ReplayView, RiskFigure, RiskView, ShareView, Text } from '@dengta/sdk'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** Automation, false alarms and missed steps: always all of them, each with its count. */
export function outcomeLines({ outcome, network, source, origin, id }: ReplayView, { say }: Say): string[] {
  if (!outcome) return []
  const { automaticGroups, automaticAlerts, falseGroups, falseIncidents, missedSteps, handedOver } = outcome
  const simulated = origin === 'simulated' ? [say(SIMULATED)] : []
  return [
    `${id}  ${network}`,
    ...simulated,
    say(source),
    '',
    `${say(WORDS.events)}: ${outcome.events} → ${outcome.eventAlerts}`,
    `${say(WORDS.alerts)}: ${outcome.alerts} → ${outcome.groups} → ${outcome.incidents}`,
    row(say(WORDS.automaticGroups), automaticGroups),
    row(say(WORDS.automaticAlerts), automaticAlerts),
    row(say(WORDS.falseGroups), falseGroups),
    row(say(WORDS.falseIncidents), falseIncidents),
    row(say(WORDS.missed), missedSteps),
    `${say(WORDS.handedOver)} (${network}): ${handedOver}`,
  ]
}

export function riskLines(risk: RiskView, { say }: Say): string[] {
  const figure = (name: Text, each: RiskFigure) => `${row(say(name), each)}  ${say(each.text)}`
  return [
    `${risk.networks[0] ?? '–'}  ${risk.model.id}  ${say(risk.labels.text)}`,
    ...risk.guard.reasons.map(say),
    row(say(WORDS.automaticGroups), risk.automation.groups),
    row(say(WORDS.automaticAlerts), risk.automation.alerts),
    figure(WORDS.falseGroups, risk.falseAlarms.groups),
    row(say(WORDS.falseIncidents), risk.falseAlarms.incidents),
    figure(WORDS.missed, risk.missed),
    say(risk.drift.text),
    say(risk.text),
    say(risk.kept),
  ]
}

function row(name: string, { count, of, rate }: ShareView): string {
  return `${name}: ${saidCount(count)} / ${saidCount(of)}${rate === undefined ? '' : ` = ${saidPercent(rate)}`}`
}

const SIMULATED: Text = {
  en: 'SIMULATED: these figures say nothing about any real network',
  zh: '模拟数据：以下数字不代表任何真实网络',
}

const WORDS = {
  events: { en: 'recorded events → alerts', zh: '录制事件 → 告警' },
  alerts: { en: 'alerts → groups → incidents', zh: '告警 → 告警组 → 安全事件' },
  automaticGroups: { en: 'automatic, groups', zh: '自动处置（按组）' },
  automaticAlerts: { en: 'automatic, alerts', zh: '自动处置（按告警）' },
  falseGroups: { en: 'false alarms, benign groups shown', zh: '误报（展示给人员的良性告警组）' },
  falseIncidents: { en: 'false alarms, incidents', zh: '误报（安全事件）' },
  missed: { en: 'attack steps missed', zh: '漏报的攻击步骤' },
  handedOver: { en: 'handed over to people', zh: '移交人员' },
} satisfies Record<string, Text>
