import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { FaultTable } from '../../parts/fault-table.tsx'
import { FileField } from '../../parts/file-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './playbooks.module.css'

/** Checked before it is imported; an import of a faulty file is refused by the server, too. */
export function ImportPlaybook() {
  const { t, count } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const go = useNavigate()
  const [file, setFile] = useState<File>()
  const lint = useMutation({ mutationFn: (chosen: File) => client.lintPlaybook(chosen) })
  const send = useMutation({
    mutationFn: (chosen: File) => client.importPlaybook(chosen),
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: ['listPlaybooks'] })
      void go({ to: '/serve/threat/playbooks/$playbook', params: { playbook: id } as never })
    },
  })
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    send.reset()
    lint.reset()
    if (chosen) lint.mutate(chosen)
  }
  const error = lint.error ?? send.error
  return (
    <div className={styles.import}>
      <FileField {...(file ? { value: file } : {})} onChange={choose} />
      {lint.data?.ok && <Notice title={t('playbooks.ok')} />}
      {lint.data && !lint.data.ok && (
        <>
          <Notice title={t('playbooks.faults', { count: count(lint.data.faults.length) })} bad />
          <FaultTable faults={lint.data.faults} />
        </>
      )}
      {error && <ProblemNotice error={error} />}
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={!file || !lint.data?.ok}
          loading={send.isPending || lint.isPending}
          onClick={() => file && send.mutate(file)}
        >
          {t('playbooks.send')}
        </Button>
      </div>
    </div>
  )
}
