import type { Text } from '@dengta/kernel'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const clockOf = (at: Date): string => at.toISOString().slice(11, 16)
const sameDay = (one: Date, other: Date): boolean => one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10)

const dateOf = (at: Date): Text => ({
  en: `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`,
  zh: `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`,
})

/** A moment to the minute as people write it. In UTC like every time that this server says: it does not know the reader's zone. */
export function timeText(at: Date): Text {
  const { en, zh } = dateOf(at)
  return { en: `${en}, ${clockOf(at)} UTC`, zh: `${zh} ${clockOf(at)}（UTC）` }
}

/** From one moment to another; the date stands once where both lie on it. */
export function spanText(from: Date, to: Date): Text {
  if (!sameDay(from, to)) {
    const [begin, end] = [timeText(from), timeText(to)]
    return { en: `from ${begin.en} to ${end.en}`, zh: `自 ${begin.zh}至 ${end.zh}` }
  }
  const { en, zh } = dateOf(from)
  const [begin, end] = [clockOf(from), clockOf(to)]
  return { en: `on ${en} from ${begin} to ${end} UTC`, zh: `${zh} ${begin} 至 ${end}（UTC）` }
}
