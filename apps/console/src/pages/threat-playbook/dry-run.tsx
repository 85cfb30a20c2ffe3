import type { PlaybookDetail } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { DryRunResult } from './dry-run-result.tsx'
import { givenInputs } from './given-inputs.ts'
import styles from './playbook.module.css'
import { StartRun, type Tried } from './start-run.tsx'

/** Inputs, then exactly what they would send, then the start for real. */
export function DryRun({ playbook }: { readonly playbook: PlaybookDetail }) {
  const { t, named } = useWords()
  const { client, may } = useSession()
  const search = useSearch({ strict: false }) as { readonly inputs?: unknown; readonly incident?: unknown }
  const incident = search.incident === undefined ? undefined : String(search.incident)
  const run = useMutation({
    mutationFn: ({ inputs }: Tried) =>
      client.dryRunPlaybook(playbook.id, { inputs, ...(incident === undefined ? {} : { incident }) }),
  })
  if (!may('operator'))
    return (
      <Notice title={t('threat.signIn')}>
        <SignInButton />
      </Notice>
    )
  const known = givenInputs(search.inputs)
  const initial = Object.fromEntries(playbook.inputs.map(({ name, value }) => [name, known[name] ?? value ?? '']))
  return (
    <>
      <Form
        className={styles.form ?? ''}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onValuesChange={() => run.reset()}
        onFinish={(inputs: Tried['inputs']) => run.mutate({ inputs, version: playbook.modified })}
      >
        {playbook.inputs.length === 0 && <p>{t('playbook.noInputs')}</p>}
        {playbook.inputs.map(({ name, type, description, value }) => (
          <Form.Item
            key={name}
            name={name}
            label={`${name} (${type})`}
            extra={playbook.from === 'house' ? named(`playbookInput.${name}`, description) : description}
            rules={[{ required: value === undefined, message: t('playbook.needed') }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item>
          <Button
            htmlType="submit"
            type={run.data ? 'default' : 'primary'}
            loading={run.isPending}
            disabled={!playbook.usable}
          >
            {t('playbook.dryRun')}
          </Button>
        </Form.Item>
      </Form>
      <div aria-live="polite">
        {run.isError && <ProblemNotice error={run.error} />}
        {run.data && <DryRunResult view={run.data} />}
      </div>
      {run.data && <StartRun playbook={playbook.id} {...run.variables} incident={incident} />}
    </>
  )
}
