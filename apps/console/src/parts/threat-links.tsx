import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface Props {
  readonly id: string
  readonly children: ReactNode
}

export const IncidentLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/incidents/$incident" params={{ incident: id }}>
    {children}
  </Link>
)

export const RuleLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/rules/$rule" params={{ rule: id }}>
    {children}
  </Link>
)

export const AlertLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/alerts/$alert" params={{ alert: id }}>
    {children}
  </Link>
)

export const TicketLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/tickets/$ticket" params={{ ticket: id }}>
    {children}
  </Link>
)

export const RunLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/runs/$run" params={{ run: id }}>
    {children}
  </Link>
)

/** The triage page with this group open. */
export const GroupLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/triage" search={{ group: id } as never}>
    {children}
  </Link>
)

/** Rules whose tags name a technique. */
export const TechniqueLink = ({ id, children }: Props) => (
  <Link to="/serve/threat/rules" search={{ technique: id } as never}>
    {children}
  </Link>
)
