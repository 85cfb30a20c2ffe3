import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import styles from './tag.module.css'

type Tone = 'plain' | 'good' | 'bad' | 'unsure' | 'simulated'

export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  )
}

/** Simulated data is labelled wherever it is shown; real data too, so that nobody has to guess. */
export function OriginTag({ origin }: { readonly origin: 'real' | 'simulated' }) {
  const { t } = useWords()
  return <Tag tone={origin === 'simulated' ? 'simulated' : 'plain'}>{t(`origin.${origin}`)}</Tag>
}
