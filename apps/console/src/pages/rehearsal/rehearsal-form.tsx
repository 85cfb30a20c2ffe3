import { Button, Checkbox, Form, Input, InputNumber } from 'antd'
import { minutesOf } from '../../parts/clock.ts'
import { useWords } from '../../words/use-words.ts'
import type { Asked, FilledRequest } from './asked.ts'
import styles from './rehearsal.module.css'

interface Props {
  readonly sites: readonly string[]
  readonly asked: Asked
  readonly busy: boolean
  readonly ask: (filled: FilledRequest) => void
}

/** When, how long, how deep, with how much notice, and where the grid asks for less. */
export function RehearsalForm({ sites, asked, busy, ask }: Props) {
  const { t } = useWords()
  const first = {
    ...{
      from: asked.from ?? '14:00',
      minutes: asked.minutes ?? 180,
      depth: asked.depth ?? 25,
      notice: asked.notice ?? 0,
    },
    sites: asked.sites?.split(',') ?? sites,
  }
  const send = (filled: Omit<FilledRequest, 'of'>) => ask({ ...filled, of: sites.length })
  return (
    <Form<Omit<FilledRequest, 'of'>> layout="vertical" requiredMark={false} initialValues={first} onFinish={send}>
      <div className={styles.form}>
        <Form.Item
          name="from"
          label={t('event.from')}
          rules={[{ validator: clockRule, message: t('event.fromNeeded') }]}
        >
          <Input style={{ width: 96 }} maxLength={6} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="minutes" label={t('event.minutes')} rules={[{ required: true, message: t('event.needed') }]}>
          <InputNumber min={1} max={1440} step={15} precision={0} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="depth" label={t('event.depth')} rules={[{ required: true, message: t('event.needed') }]}>
          <InputNumber min={1} max={100} step={5} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="notice" label={t('event.notice')} rules={[{ required: true, message: t('event.needed') }]}>
          <InputNumber min={0} max={2880} step={15} precision={0} style={{ width: 130 }} />
        </Form.Item>
        <Form.Item name="sites" label={t('event.sites')} rules={[{ required: true, message: t('event.siteNeeded') }]}>
          <Checkbox.Group options={[...sites]} />
        </Form.Item>
        <div className={styles.send}>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('event.rehearse')}
          </Button>
        </div>
      </div>
    </Form>
  )
}

const clockRule = (_: unknown, value: string): Promise<void> =>
  minutesOf(value ?? '') === undefined ? Promise.reject(new TypeError(value)) : Promise.resolve()
