import { type ActuatorView, type NewActuatorTarget, type ResponseActionName, responseAction } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { exampleTarget, readTarget, type TargetKind, targetKinds } from './target-text.ts'

interface Filled {
  readonly action: ResponseActionName
  readonly kind: TargetKind
  readonly text: string
}

const FIRST: Filled = { action: 'isolate-host', kind: 'simulator', text: exampleTarget('isolate-host', 'simulator') }

/** Starts from an example of the kind; what stands in the box is what is checked and kept. */
export function ChooseTarget({ actuators }: { readonly actuators: readonly ActuatorView[] }) {
  const { t, say } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [filled, fill] = useState<Filled>(FIRST)
  const choose = useMutation({
    mutationFn: (target: NewActuatorTarget) => client.chooseActuator(filled.action, target),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['listActuators'] }),
  })
  const change = (next: Partial<Filled>) => {
    choose.reset()
    const { action, kind } = { ...filled, ...next }
    fill({ action, kind, text: next.text ?? exampleTarget(action, kind) })
  }
  const read = readTarget(filled.text)
  const names = new Map(actuators.map(({ action, name }) => [action, say(name)]))
  return (
    <Form layout="vertical" style={{ maxWidth: 760 }} onFinish={() => read.ok && choose.mutate(read.target)}>
      <Form.Item label={t('actuators.action')}>
        <Radio.Group
          value={filled.action}
          onChange={({ target }) => change({ action: target.value as ResponseActionName })}
          options={responseAction.options.map((value) => ({ value, label: names.get(value) ?? value }))}
        />
      </Form.Item>
      <Form.Item label={t('actuators.place')}>
        <Radio.Group
          value={filled.kind}
          onChange={({ target }) => change({ kind: target.value as TargetKind })}
          options={targetKinds.map((value) => ({ value, label: t(`actuatorKind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item label={t('actuators.target')} htmlFor="actuator-target" extra={t('actuators.targetHow')}>
        <Input.TextArea
          id="actuator-target"
          value={filled.text}
          onChange={({ target }) => change({ text: target.value })}
          autoSize={{ minRows: 3, maxRows: 24 }}
          spellCheck={false}
          style={{ fontFamily: 'var(--mono, monospace)' }}
        />
      </Form.Item>
      {!read.ok && <Notice title={t('actuators.notJson', { problem: read.problem })} bad />}
      <Form.Item>
        <Button type="primary" htmlType="submit" disabled={!read.ok} loading={choose.isPending}>
          {t('actuators.save')}
        </Button>
      </Form.Item>
      <div aria-live="polite">
        {choose.data && <Notice title={t('actuators.saved', { place: choose.data.place })} />}
        {choose.isError && <ProblemNotice error={choose.error} />}
      </div>
    </Form>
  )
}
