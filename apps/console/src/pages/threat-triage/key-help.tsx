import { Modal } from 'antd'
import { useWords } from '../../words/use-words.ts'
import styles from './triage-bench.module.css'

const KEYS = [
  { keys: ['j', 'k'], word: 'triage.keyNext' },
  { keys: ['c'], word: 'triage.keyBenign' },
  { keys: ['s'], word: 'triage.keySuppress' },
  { keys: ['e'], word: 'triage.keyEscalate' },
  { keys: ['x'], word: 'triage.keyUnclear' },
  { keys: ['u'], word: 'triage.keyUndo' },
  { keys: ['o'], word: 'triage.keyOpen' },
  { keys: ['r'], word: 'triage.keyRefresh' },
  { keys: ['?'], word: 'triage.keyHelp' },
] as const

export function KeyHelp({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const { t } = useWords()
  return (
    <Modal title={t('triage.helpTitle')} open={open} onCancel={close} footer={null}>
      <table className={styles.keys}>
        <thead className="unseen">
          <tr>
            <th scope="col">{t('triage.key')}</th>
            <th scope="col">{t('triage.does')}</th>
          </tr>
        </thead>
        <tbody>
          {KEYS.map(({ keys, word }) => (
            <tr key={word}>
              <td>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{t(word)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
