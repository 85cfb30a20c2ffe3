import type { RuleCredit } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import styles from './rule-credit-line.module.css'
import { RuleLink } from './threat-links.tsx'

/** Title, author, licence and link of a rule: the Detection Rule License asks for them wherever a rule is shown. */
export function RuleCreditLine({ rule }: { readonly rule: RuleCredit }) {
  const { t } = useWords()
  return (
    <span className={styles.rule}>
      <RuleLink id={rule.id}>{rule.title}</RuleLink>
      <span className={styles.credit}>
        {t('alert.credit', { author: rule.author || '–', licence: rule.licence || '–' })}
        {isWebLink(rule.link) && (
          <>
            {' · '}
            <a href={rule.link} target="_blank" rel="noreferrer noopener">
              {t('alert.original')}
            </a>
          </>
        )}
      </span>
    </span>
  )
}

/** Rules are written by strangers: no other kind of link is made clickable. */
export const isWebLink = (link: string): boolean => /^https?:\/\//i.test(link)
