import type { ReactNode } from 'react'
import { clockOf } from './clock.ts'
import styles from './slot-slider.module.css'
import type { Reading } from './use-reading.ts'

interface Props {
  readonly reading: Reading
  readonly slots: number
  readonly slotMinutes: number
  /** Minute of the left edge. */
  readonly first?: number
  readonly label: string
  /** What stands at this time, for who does not see the charts. */
  readonly said: string
  readonly children?: ReactNode
}

/** The time that is read, to be moved by arrows, Home, End and Page keys; it stays in sight while one scrolls. */
export function SlotSlider({ reading, slots, slotMinutes, first = 0, label, said, children }: Props) {
  const time = clockOf(first + reading.slot * slotMinutes)
  return (
    <div className={styles.bar}>
      <output className={styles.time}>{time}</output>
      <input
        type="range"
        min={0}
        max={slots - 1}
        value={reading.slot}
        aria-label={label}
        aria-valuetext={`${time}: ${said}`}
        onChange={({ target }) => reading.read(Number(target.value))}
      />
      {children && <div className={styles.note}>{children}</div>}
    </div>
  )
}
