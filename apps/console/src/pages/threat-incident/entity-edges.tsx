import type { EntityGraphView } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './entity-graph.module.css'
import { PILL, ROW, topOf } from './entity-shape.ts'
import type { EntityLayout, PlacedEntity } from './lay-out-entities.ts'

interface Props {
  readonly edges: EntityGraphView['edges']
  readonly layout: EntityLayout
  readonly chosen: string | undefined
  readonly tall: number
}

/** Units across; the picture is stretched to its frame. */
const WIDE = 1000

/** All lines as two paths: those of the chosen entity, and the others behind them. */
export function EntityEdges({ edges, layout, chosen, tall }: Props) {
  const { t, count } = useWords()
  const at = new Map(layout.nodes.map((node) => [node.id, node]))
  const drawn = edges.flatMap((edge) => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)]
    return from && to && from !== to ? [{ edge, path: curve(from, to, layout) }] : []
  })
  const touches = ({ edge }: (typeof drawn)[number]) => edge.from === chosen || edge.to === chosen
  const pathOf = (list: typeof drawn) => list.map(({ path }) => path).join('')
  return (
    <svg
      viewBox={`0 0 ${WIDE} ${tall}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('incident.graphAlt', { nodes: count(layout.nodes.length), edges: count(drawn.length) })}
    >
      <path
        className={styles.edges}
        data-far={chosen !== undefined}
        d={pathOf(drawn.filter((each) => !touches(each)))}
      />
      <path className={styles.near} d={pathOf(drawn.filter(touches))} />
    </svg>
  )
}

/** From the right of one entity to the left of the other; within one column an arc to the right. */
function curve(a: PlacedEntity, b: PlacedEntity, layout: EntityLayout): string {
  const [left, right] = a.column <= b.column ? [a, b] : [b, a]
  const wide = WIDE / layout.columns.length
  const y = (node: PlacedEntity) => topOf(node, layout) + ROW / 2
  const x1 = (left.column + PILL.left + PILL.wide) * wide
  if (left.column === right.column) {
    const out = x1 + wide * 0.14
    return `M${x1} ${y(left)}C${out} ${y(left)} ${out} ${y(right)} ${x1} ${y(right)}`
  }
  const x2 = (right.column + PILL.left) * wide
  const middle = (x1 + x2) / 2
  return `M${x1} ${y(left)}C${middle} ${y(left)} ${middle} ${y(right)} ${x2} ${y(right)}`
}
