import type { PlanResult } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './term-table.module.css'
import { GOALS, goalYuan } from './terms.ts'

/** What the plan costs, goal by goal, never mixed: the bars share one scale. */
export function TermTable({ result: { terms, yuan, bound } }: { readonly result: PlanResult }) {
  const { t, amount } = useWords()
  const most = Math.max(...GOALS.map(([, parts]) => goalYuan(terms, parts)), 1e-9)
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('plan.goal')}</th>
          <th scope="col" className={styles.plot} aria-label={t('plan.terms')} />
          <th scope="col" className={styles.number}>
            {t('plan.inYuan')}
          </th>
        </tr>
      </thead>
      <tbody>
        {GOALS.map(([goal, parts]) => (
          <tr key={goal}>
            <th scope="row">
              {t(`goal.${goal}`)}
              <span className={styles.why}>{t(`goal.about.${goal}`)}</span>
            </th>
            <td className={styles.plot}>
              <span className={styles.bar} style={{ width: `${(100 * goalYuan(terms, parts)) / most}%` }} />
            </td>
            <td className={styles.number}>
              {amount(goalYuan(terms, parts))}
              {parts.length > 1 && (
                <span className={styles.why}>
                  {parts.map((part) => `${t(`term.${part}`)} ${amount(terms[part])}`).join(' + ')}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('plan.total')}</th>
          <td className={styles.plot} />
          <td className={styles.number}>{amount(yuan)}</td>
        </tr>
        <tr>
          <th scope="row">{t('plan.bound')}</th>
          <td className={styles.plot} />
          <td className={styles.number}>{amount(bound)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
