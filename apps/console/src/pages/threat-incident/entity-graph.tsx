import type { EntityGraphView } from '@dengta/sdk'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { EntityEdges } from './entity-edges.tsx'
import styles from './entity-graph.module.css'
import { HEAD, PILL, ROW, topOf } from './entity-shape.ts'
import { EntityTable } from './entity-table.tsx'
import { type EntityLayout, layOutEntities, type PlacedEntity } from './lay-out-entities.ts'

/** Entities in columns by kind; choosing one leaves only what it touches in ink. */
export function EntityGraph({ graph }: { readonly graph: EntityGraphView }) {
  const { t, count } = useWords()
  const layout = useMemo(() => layOutEntities(graph), [graph])
  const [chosen, choose] = useState<string>()
  const tall = layout.rows * ROW + HEAD + 8
  const columns = layout.columns.length
  return (
    <>
      <div className={styles.frame}>
        <div className={styles.graph} style={{ height: tall, minWidth: columns * 190 }}>
          <EntityEdges edges={graph.edges} layout={layout} chosen={chosen} tall={tall} />
          {layout.columns.map((kind, column) => (
            <h3 key={kind} style={{ left: `${(100 * column) / columns}%`, width: `${100 / columns}%` }}>
              {t(`entity.${kind}`)} {count(layout.nodes.filter((node) => node.kind === kind).length)}
            </h3>
          ))}
          {layout.nodes.map((node) => (
            <Entity key={node.id} {...{ node, layout, chosen, choose }} />
          ))}
        </div>
      </div>
      {graph.hidden !== undefined && <Notice title={t('incident.moreEntities', { count: count(graph.hidden) })} />}
      <Chosen layout={layout} chosen={chosen} clear={() => choose(undefined)} />
      <details className={styles.table}>
        <summary>{t('incident.asTable')}</summary>
        <EntityTable layout={layout} />
      </details>
    </>
  )
}

interface EntityProps {
  readonly node: PlacedEntity
  readonly layout: EntityLayout
  readonly chosen: string | undefined
  readonly choose: (id: string | undefined) => void
}

function Entity({ node, layout, chosen, choose }: EntityProps) {
  const { t, count } = useWords()
  const near = chosen === undefined || chosen === node.id || (layout.touches.get(chosen)?.has(node.id) ?? false)
  const said = t('incident.chosen', {
    name: `${t(`entityOne.${node.kind}`)} ${node.name}`,
    groups: count(node.groups),
    count: count(layout.touches.get(node.id)?.size ?? 0),
  })
  const wide = 100 / layout.columns.length
  return (
    <button
      type="button"
      className={styles.entity}
      data-kind={node.kind}
      data-hot={node.score > 0}
      data-far={!near}
      aria-pressed={chosen === node.id}
      aria-label={said}
      title={node.name}
      style={{ left: `${(node.column + PILL.left) * wide}%`, top: topOf(node, layout), width: `${PILL.wide * wide}%` }}
      onClick={() => choose(chosen === node.id ? undefined : node.id)}
    >
      <i aria-hidden="true" />
      <span>{node.name}</span>
      <small>{count(node.groups)}</small>
    </button>
  )
}

function Chosen({
  layout,
  chosen,
  clear,
}: {
  readonly layout: EntityLayout
  readonly chosen: string | undefined
  readonly clear: () => void
}) {
  const { t, count } = useWords()
  const node = layout.nodes.find(({ id }) => id === chosen)
  return (
    <div className={styles.chosen} aria-live="polite">
      {node && (
        <>
          <span>
            {t('incident.chosen', {
              name: node.name,
              groups: count(node.groups),
              count: count(layout.touches.get(node.id)?.size ?? 0),
            })}
          </span>
          <Button size="small" onClick={clear}>
            {t('incident.clear')}
          </Button>
        </>
      )}
    </div>
  )
}
