import type { FreeBoard } from '@dengta/sdk'
import { useEffect, useRef } from 'react'
import { clockOf } from '../../parts/clock.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { zoneAt } from '../../words/zone.ts'
import { bestHour } from './best-hour.ts'
import styles from './free-map.module.css'
import { FreeRows } from './free-rows.tsx'

/** Free chips by site, type and hour, with the carbon and the price of each hour below: a table that is also a picture. */
export function FreeMap({ board }: { readonly board: FreeBoard }) {
  const { t } = useWords()
  if (board.plan === undefined || board.slots === 0)
    return <Notice title={t('public.nothing')}>{t('public.nothingText')}</Notice>
  return (
    <>
      <Cleanest board={board} />
      <Hours board={board} />
      <Legend />
    </>
  )
}

function Hours({ board }: { readonly board: FreeBoard }) {
  const { t, time } = useWords()
  const hours = Math.ceil((board.slots * board.slotMinutes) / 60)
  const now = Math.floor((board.now * board.slotMinutes) / 60)
  const frame = useHourFirst(now)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={frame} className={styles.frame} aria-label={t('public.free')} tabIndex={0}>
      <table className={styles.map}>
        <thead>
          <tr>
            <th scope="col">{board.startsAt && `${time(board.startsAt)} ${zoneAt(new Date(board.startsAt))}`}</th>
            {Array.from({ length: hours }, (_, hour) => (
              <th key={String(hour)} scope="col" data-now={hour === now}>
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <FreeRows board={board} now={now} />
      </table>
    </section>
  )
}

/** Where the table is wider than its frame, it begins with an hour of the day: those before it are over. */
function useHourFirst(hour: number) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const cells = frame.current?.querySelectorAll<HTMLElement>('thead th')
    const [names, wanted] = [cells?.[0], cells?.[hour + 1]]
    if (frame.current && names && wanted) frame.current.scrollLeft = wanted.offsetLeft - names.offsetWidth
  }, [hour])
  return frame
}

/** The cleanest hour to come in which something is free, in words. */
function Cleanest({ board }: { readonly board: FreeBoard }) {
  const { t, count, cost } = useWords()
  const best = bestHour(board)
  if (!best) return <p className={styles.cleanest}>{t('public.noneLeft')}</p>
  const { site, hour, chips, carbon, price } = best
  return (
    <p className={styles.cleanest}>
      {t('public.cleanest', {
        ...{ site, chips: count(chips), carbon: count(Math.round(carbon * 1000)), yuan: cost(price) },
        from: clockOf(hour * 60),
      })}
    </p>
  )
}

function Legend() {
  const { t } = useWords()
  const ramp = (ink: string) => ({ background: `linear-gradient(to right, var(--surface), ${ink})` })
  return (
    <div className={styles.legend}>
      <span>
        <i style={ramp('color-mix(in srgb, var(--open) 36%, var(--surface))')} /> {t('public.legendFree')}
      </span>
      <span>
        <i style={ramp('color-mix(in srgb, var(--muted) 34%, var(--surface))')} /> {t('public.legendCarbon')}
      </span>
      <span>
        <i style={ramp('color-mix(in srgb, var(--lamp) 40%, var(--surface))')} /> {t('public.legendPrice')}
      </span>
      <span>{t('public.legendNow')}</span>
    </div>
  )
}
