import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'
import type { EntityLayout } from './lay-out-entities.ts'

/** The graph for who reads rather than looks. */
export function EntityTable({ layout: { nodes, touches } }: { readonly layout: EntityLayout }) {
  const { t, count, cost } = useWords()
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]))
  return (
    <ScrollTable
      label={t('incident.graph')}
      heads={[
        t('incident.kind'),
        t('incident.entity'),
        t('incidents.groups'),
        t('incidents.score'),
        t('incident.touches'),
      ]}
      numeric={[2, 3]}
      rows={nodes
        .toSorted((a, b) => b.score - a.score || b.groups - a.groups)
        .map(({ id, kind, name, groups, score }) => ({
          key: id,
          cells: [
            t(`entityOne.${kind}`),
            name,
            count(groups),
            cost(score).replace('-', '−'),
            [...(touches.get(id) ?? [])].map((other) => nameOf.get(other)).join(', '),
          ],
        }))}
    />
  )
}
