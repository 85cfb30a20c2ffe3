import type { RuleRow } from '@dengta/sdk'
import { useMemo } from 'react'
import { LevelTag } from '../../parts/level-tag.tsx'
import { RuleStateTag } from '../../parts/rule-state-tag.tsx'
import { RuleLink } from '../../parts/threat-links.tsx'
import type { Column } from '../../parts/window-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

export function useRuleColumns(): readonly Column<RuleRow>[] {
  const { t, say, count, percent, cost: number } = useWords()
  const { moment } = useTimes()
  return useMemo(
    () => [
      { head: t('threat.mark'), width: '102px', cell: ({ level }) => <LevelTag level={level} /> },
      {
        head: t('rules.rule'),
        cell: ({ id, title }) => (
          <span title={title}>
            <RuleLink id={id}>{title}</RuleLink>
          </span>
        ),
      },
      {
        head: t('rules.author'),
        width: '120px',
        cell: ({ author, licence }) => <span title={`${author} · ${licence}`}>{author || '–'}</span>,
      },
      {
        head: t('report.logSource'),
        width: '150px',
        cell: ({ logSource }) => Object.values(logSource).filter(Boolean).join(' / ') || t('report.anySource'),
      },
      {
        head: t('incidents.technique'),
        width: '126px',
        cell: ({ techniques }) => (
          <span title={techniques.join(', ')}>
            {techniques[0]}
            {techniques.length > 1 && ` +${techniques.length - 1}`}
          </span>
        ),
      },
      {
        head: t('rules.state'),
        width: '90px',
        cell: ({ state, quarantine }) => (
          <span title={quarantine && `${moment(quarantine.since)} · ${say(quarantine.reason)}`}>
            <RuleStateTag state={state} />
          </span>
        ),
      },
      { head: t('rules.hits'), width: '80px', numeric: true, cell: ({ hits }) => count(hits) },
      { head: t('rules.lastHit'), width: '165px', cell: ({ lastHit }) => (lastHit ? moment(lastHit) : '–') },
      {
        head: t('rules.judged'),
        width: '92px',
        numeric: true,
        cell: ({ verdicts: { attack, benign, unclear } }) => {
          const judged = attack + benign + unclear
          const title = t('rule.verdictsText', {
            attack: count(attack),
            benign: count(benign),
            unclear: count(unclear),
          })
          return judged === 0 ? '–' : <span title={title}>{`${count(benign)} / ${count(judged)}`}</span>
        },
      },
      {
        head: t('rules.cost'),
        width: '66px',
        numeric: true,
        cell: ({ cost }) =>
          cost ? (
            <span title={t('rules.perMillion', { seconds: number(cost.secondsPerMillion) })}>
              {percent(cost.share)}
            </span>
          ) : (
            '–'
          ),
      },
    ],
    [t, say, count, percent, number, moment],
  )
}
