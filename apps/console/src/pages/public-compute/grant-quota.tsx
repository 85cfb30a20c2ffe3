import type { NewQuota } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'

interface Filled extends Omit<NewQuota, 'sites'> {
  /** Absent where no day says which sites there are. */
  readonly sites?: string[]
}

/** Grants public compute; a new grant replaces the old one of that participant. */
export function GrantQuota({ sites }: { readonly sites: readonly string[] }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  const grant = useMutation({
    mutationFn: ({ sites: chosen = [], ...rest }: Filled) =>
      client.grantQuota({ ...rest, ...(chosen.length < sites.length ? { sites: chosen } : {}) }),
    onSuccess: async () => {
      setOpen(false)
      await cache.invalidateQueries({ queryKey: ['listQuotas'] })
    },
  })
  const ask = () => {
    grant.reset()
    setOpen(true)
  }
  return (
    <>
      <Button onClick={ask}>{t('public.grant')}</Button>
      <Modal title={t('public.grant')} open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <p style={{ marginBottom: 16 }}>{t('public.grantNote')}</p>
        <Form<Filled>
          layout="vertical"
          requiredMark={false}
          initialValues={{ share: 1, sites: [...sites] }}
          onFinish={(filled) => grant.mutate(filled)}
        >
          <Fields sites={sites} />
          <Button type="primary" htmlType="submit" loading={grant.isPending}>
            {t('public.grantNow')}
          </Button>
          {grant.isError && <ProblemNotice error={grant.error} />}
        </Form>
      </Modal>
    </>
  )
}

const AMOUNTS = ['chipHours', 'kwh'] as const

function Fields({ sites }: { readonly sites: readonly string[] }) {
  const { t } = useWords()
  const { data: participants = [] } = useHouse('listParticipants', [])
  const needed = { required: true, message: t('event.needed') }
  return (
    <>
      <Form.Item name="participant" label={t('public.grantTo')} rules={[needed]}>
        <Select options={participants.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))} />
      </Form.Item>
      {AMOUNTS.map((name) => (
        <Form.Item
          key={name}
          name={name}
          label={t(name === 'kwh' ? 'unit.kwhName' : 'public.chipHours')}
          rules={[needed]}
        >
          <InputNumber min={0} max={1e9} style={{ width: 160 }} />
        </Form.Item>
      ))}
      <Form.Item name="share" label={t('public.weight')} rules={[needed]}>
        <InputNumber min={0.001} max={1000} style={{ width: 160 }} />
      </Form.Item>
      {sites.length > 0 && (
        <Form.Item
          name="sites"
          label={t('public.grantSites')}
          rules={[{ required: true, message: t('event.siteNeeded') }]}
        >
          <Checkbox.Group options={[...sites]} />
        </Form.Item>
      )}
    </>
  )
}
