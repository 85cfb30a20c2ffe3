import type { AuditAct, AuditKind } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { GroupLink, IncidentLink, RuleLink, RunLink, TicketLink } from '../../parts/threat-links.tsx'
import styles from './act-evidence.module.css'

type Linked = (id: string, label: string) => ReactNode

/** The page of what an act was about. */
const PAGES: Readonly<Record<AuditKind, Linked>> = {
  group: (id, label) => <GroupLink id={id}>{label}</GroupLink>,
  incident: (id, label) => <IncidentLink id={id}>{label}</IncidentLink>,
  ticket: (id, label) => <TicketLink id={id}>{label}</TicketLink>,
  run: (id, label) => <RunLink id={id}>{label}</RunLink>,
  playbook: (id, label) => (
    <Link to="/serve/threat/playbooks/$playbook" params={{ playbook: id }}>
      {label}
    </Link>
  ),
  actuator: (_, label) => <Link to="/serve/threat/actuators">{label}</Link>,
  rule: (id, label) => <RuleLink id={id}>{label}</RuleLink>,
  model: (_, label) => <Link to="/serve/threat/risk">{label}</Link>,
  webhook: (_, label) => <Link to="/serve/threat/webhooks">{label}</Link>,
  replay: (_, label) => <Link to="/serve/threat">{label}</Link>,
}

/** Ids are long: their end tells them apart, the whole stands in the hint. */
const SHOWN = 24

export function ActTarget({ act: { kind, action, target } }: { readonly act: AuditAct }) {
  const label = target.length <= SHOWN ? target : `…${target.slice(-SHOWN + 1)}`
  if (action === 'rules.reload') return <Link to="/serve/threat/rules/report">{target.slice(0, 12)}</Link>
  return (
    <span title={target} className={styles.whole}>
      {kind === undefined ? label : PAGES[kind](target, label)}
    </span>
  )
}
