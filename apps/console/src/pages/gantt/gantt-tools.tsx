import { Button, Input, Segmented } from 'antd'
import { useWords } from '../../words/use-words.ts'
import styles from './gantt-board.module.css'
import { COLOURINGS, type Colouring } from './gantt-colours.ts'
import type { GanttSight } from './use-gantt-sight.ts'

/** What is looked for, how it is coloured, and how tall a row is. */
export interface GanttChoice {
  readonly words: string
  readonly by: Colouring
  readonly rowTall: number
}

interface Props {
  readonly choice: GanttChoice
  readonly choose: (choice: GanttChoice) => void
  readonly sight: GanttSight
  readonly wanted: Uint8Array | undefined
}

const ROWS = [
  ['gantt.tight', 3],
  ['gantt.middle', 10],
  ['gantt.roomy', 18],
] as const

export function GanttTools({ choice, choose, sight, wanted }: Props) {
  const { t, count } = useWords()
  const found = wanted?.reduce((sum, one) => sum + one, 0)
  const toNext = () => {
    const next = wanted?.indexOf(1, sight.focused + 1) ?? -1
    sight.focus(next >= 0 ? next : (wanted?.indexOf(1) ?? -1))
  }
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('gantt.tools')}>
      <Input
        type="search"
        allowClear
        style={{ width: 250 }}
        placeholder={t('gantt.search')}
        aria-label={t('gantt.search')}
        onChange={({ target }) => choose({ ...choice, words: target.value })}
        onPressEnter={toNext}
      />
      <span className={styles.found} role="status">
        {found === undefined ? '' : t('gantt.found', { found: count(found) })}
      </span>
      <span>
        <Segmented
          aria-label={t('gantt.colour')}
          value={choice.by}
          options={COLOURINGS.map((by) => ({ value: by, label: t(`gantt.by.${by}`) }))}
          onChange={(by) => choose({ ...choice, by })}
        />
      </span>
      <span>
        <Segmented
          aria-label={t('gantt.rows')}
          value={choice.rowTall}
          options={ROWS.map(([key, tall]) => ({ value: tall, label: t(key) }))}
          onChange={(rowTall) => choose({ ...choice, rowTall })}
        />
      </span>
      <span className={styles.zoom}>
        <Button aria-label={t('gantt.zoomOut')} onClick={() => sight.zoomBy(1 / 1.5)}>
          −
        </Button>
        <Button aria-label={t('gantt.zoomIn')} onClick={() => sight.zoomBy(1.5)}>
          +
        </Button>
        <Button onClick={sight.whole}>{t('gantt.whole')}</Button>
      </span>
    </div>
  )
}
