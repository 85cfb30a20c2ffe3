import type { DryRunView } from '@dengta/sdk'
import { Commands } from '../../parts/commands.tsx'
import { Digest } from '../../parts/digest.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useApprovalName } from '../../parts/use-approval-name.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './playbook.module.css'

type DryStep = DryRunView['steps'][number]

/** Step by step: what is sent, how it is verified, how it is undone, and what cannot be known yet. */
export function DryRunResult({ view }: { readonly view: DryRunView }) {
  const { t } = useWords()
  return (
    <div className={styles.result}>
      {view.steps.map((step) => (
        <Card key={step.step} step={step} />
      ))}
      {view.branches.length > 0 && (
        <div className={styles.card}>
          <h3>{t('playbook.branches')}</h3>
          {view.branches.map(({ step, condition, holds }) => (
            <p key={`${step} ${condition}`}>
              <code>{condition}</code> {t(`playbook.holds.${holds === undefined ? 'unknown' : holds ? 'yes' : 'no'}`)}
            </p>
          ))}
        </div>
      )}
      {view.calls.length > 0 && (
        <div className={styles.card}>
          <h3>{t('playbook.calls')}</h3>
          {view.calls.join(', ')}
        </div>
      )}
    </div>
  )
}

function Card({ step }: { readonly step: DryStep }) {
  const { t, say } = useWords()
  const approvalName = useApprovalName()
  return (
    <section className={styles.card} aria-label={say(step.name)}>
      <h3>
        {say(step.name)}
        <Tag tone={step.approval === 'none' ? 'plain' : 'unsure'}>{approvalName(step.approval)}</Tag>
        {step.approverDiffers && step.approval !== 'none' && <small>{t('playbook.otherPerson')}</small>}
      </h3>
      {step.open && (
        <p>
          <b>
            {t('playbook.open')}
            {t('run1.colon')}
          </b>
          {say(step.open)}
        </p>
      )}
      <h4>{t('playbook.sends')}</h4>
      <Commands commands={step.sends} />
      {step.checks.length > 0 && (
        <>
          <h4>{t('playbook.checks')}</h4>
          <Commands commands={step.checks} />
          {step.expects && (
            <p>
              {t('playbook.expects')} <code>{step.expects}</code>
            </p>
          )}
        </>
      )}
      <h4>{t('playbook.undo')}</h4>
      {typeof step.undo === 'string' ? <p>{t(`playbook.undo.${step.undo}`)}</p> : <Commands commands={step.undo} />}
      {step.digest && (
        <>
          <h4>{t('run1.digest')}</h4>
          <Digest value={step.digest} />
        </>
      )}
    </section>
  )
}
