import { type NewParticipant, role } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'

export function AddParticipant() {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  const add = useMutation({
    mutationFn: (participant: NewParticipant) => client.addParticipant(participant),
    onSuccess: async () => {
      setOpen(false)
      await cache.invalidateQueries()
    },
  })
  const needed = { required: true, message: t('participants.needed') }
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('participants.add')}
      </Button>
      <Modal title={t('participants.add')} open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <Form<NewParticipant> layout="vertical" requiredMark={false} onFinish={(filled) => add.mutate(filled)}>
          <Form.Item name="name" label={t('participants.name')} rules={[needed]}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="id"
            label={t('participants.id')}
            extra={t('participants.idHow')}
            rules={[{ ...needed, pattern: /^[a-z0-9][a-z0-9-]{1,62}$/ }]}
          >
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="roles" label={t('participants.roles')} rules={[needed]}>
            <Checkbox.Group options={role.options.map((value) => ({ value, label: t(`role.${value}`) }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t('participants.add')}
          </Button>
          {add.isError && <ProblemNotice error={add.error} />}
        </Form>
      </Modal>
    </>
  )
}
