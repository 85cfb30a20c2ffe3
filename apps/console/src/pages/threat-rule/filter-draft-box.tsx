import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './rule.module.css'

/** Drafts a filter when asked for, and says why where verdicts give none. */
export function FilterDraftBox({ rule }: { readonly rule: string }) {
  const { t, say, count } = useWords()
  const { client } = useSession()
  const tell = useNotice()
  const draft = useMutation({ mutationFn: () => client.draftFilter(rule), onError: tell })
  const { yaml, text, benign = 0, attacks = 0 } = draft.data ?? {}
  return (
    <div className={styles.credit}>
      <Button loading={draft.isPending} onClick={() => draft.mutate()}>
        {t('rule.filterDraft')}
      </Button>{' '}
      {yaml && (
        <DownloadButton label={t('rule.filterSave')} fileName={`${rule}.filter.yml`} fetchFile={async () => yaml} />
      )}
      {text && (
        <p role="status">
          {say(text)} ({t('rule.filterOf', { benign: count(benign), attacks: count(attacks) })})
        </p>
      )}
      {yaml && <pre className={styles.source}>{yaml}</pre>}
    </div>
  )
}
