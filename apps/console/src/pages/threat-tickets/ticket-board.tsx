import type { TicketStateName, TicketView } from '@dengta/sdk'
import { useNow } from '../../house/use-now.ts'
import { LevelTag } from '../../parts/level-tag.tsx'
import { TicketLink } from '../../parts/threat-links.tsx'
import { TicketStateTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './tickets.module.css'

/** One column a step of the way; a reopened ticket starts again beside the new ones. */
const COLUMNS: readonly (readonly TicketStateName[])[] = [
  ['new', 'reopened'],
  ['acknowledged'],
  ['in-progress'],
  ['waiting'],
  ['resolved'],
  ['closed'],
]

export function TicketBoard({ tickets }: { readonly tickets: readonly TicketView[] }) {
  const { t, count } = useWords()
  return (
    <div className={styles.board}>
      {COLUMNS.map((states) => {
        const [name] = states
        const own = tickets.filter(({ state }) => states.includes(state))
        return (
          <section key={name} aria-label={t(`ticketState.${name!}`)}>
            <h2>
              {t(`ticketState.${name!}`)} <small>{count(own.length)}</small>
            </h2>
            <ul>
              {own.map((ticket) => (
                <Card key={ticket.id} ticket={ticket} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function Card({ ticket }: { readonly ticket: TicketView }) {
  const { t } = useWords()
  const { span } = useTimes()
  const now = useNow()
  const { id, title, severity, state, assignee, clock, waitingFor } = ticket
  const until = clock.closed ? Date.parse(clock.closed) : now.getTime()
  return (
    <li className={styles.card}>
      <span className={styles.head}>
        <LevelTag level={severity} />
        {state === 'reopened' && <TicketStateTag state={state} />}
      </span>
      <TicketLink id={id}>{title}</TicketLink>
      {waitingFor && <small>{waitingFor}</small>}
      <small>
        {assignee ?? t('tickets.nobody')} · {t('tickets.age', { span: span(until - Date.parse(clock.detected)) })}
      </small>
    </li>
  )
}
