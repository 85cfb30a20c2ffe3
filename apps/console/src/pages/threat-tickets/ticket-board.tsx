import type { TicketBoard as Board, TicketStateName, TicketView } from '@dengta/sdk'
import { Button } from 'antd'
import { useHouse } from '../../house/use-house.ts'
import { useNow } from '../../house/use-now.ts'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TicketLink } from '../../parts/threat-links.tsx'
import { TicketStateTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './tickets.module.css'

const REFRESH_MS = 10_000

interface Props {
  /** Where a column has more than it shows. */
  readonly onAll: (state: TicketStateName) => void
}

/** A column for each step, with those of its tickets that changed last. */
export function TicketBoard({ onAll }: Props) {
  const { t } = useWords()
  const query = useHouse('getTicketBoard', [], { again: () => REFRESH_MS })
  return (
    <Loaded query={query} lines={8}>
      {({ columns }) =>
        columns.every(({ total }) => total === 0) ? (
          <Notice title={t('tickets.empty')}>{t('tickets.emptyText')}</Notice>
        ) : (
          <div className={styles.board}>
            {columns.map((column) => (
              <BoardColumn key={column.states.join()} column={column} onAll={onAll} />
            ))}
          </div>
        )
      }
    </Loaded>
  )
}

function BoardColumn({ column, onAll }: Props & { readonly column: Board['columns'][number] }) {
  const { t, count } = useWords()
  const { states, total, tickets } = column
  const [state] = states
  if (state === undefined) return null
  return (
    <section aria-label={t(`ticketState.${state}`)}>
      <h2>
        {t(`ticketState.${state}`)} <small>{count(total)}</small>
      </h2>
      <ul>
        {tickets.map((ticket) => (
          <Card key={ticket.id} ticket={ticket} />
        ))}
        {total > tickets.length && (
          <li>
            <Button type="link" onClick={() => onAll(state)}>
              {t('tickets.all', { count: count(total) })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

function Card({ ticket }: { readonly ticket: TicketView }) {
  const { t, say } = useWords()
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
      <TicketLink id={id}>{say(title)}</TicketLink>
      {waitingFor && <small>{waitingFor}</small>}
      <small>
        {assignee ?? t('tickets.nobody')} · {t('tickets.age', { span: span(until - Date.parse(clock.detected)) })}
      </small>
    </li>
  )
}
