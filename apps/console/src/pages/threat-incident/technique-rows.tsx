import type { IncidentDetail } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { TechniqueLink } from '../../parts/threat-links.tsx'
import { useTacticName } from '../../words/use-tactic-name.ts'
import { useWords } from '../../words/use-words.ts'

/** Techniques that the rules of the incident name, with how often. */
export function TechniqueRows({ seen }: { readonly seen: IncidentDetail['seenTechniques'] }) {
  const { t, count } = useWords()
  const tacticName = useTacticName()
  if (seen.length === 0) return <Notice title={t('incident.noTechniques')} />
  return (
    <ScrollTable
      label={t('incident.techniques')}
      heads={[t('incidents.technique'), '', t('coverage.tactic'), t('incidents.groups')]}
      numeric={[3]}
      rows={seen.map(({ id, name, tactics, groups }) => ({
        key: id,
        cells: [
          <TechniqueLink key="id" id={id}>
            {id}
          </TechniqueLink>,
          name === id ? '–' : name,
          tactics.map(tacticName).join(', ') || '–',
          count(groups),
        ],
      }))}
    />
  )
}
