import type { NewComputeJob, QuotaView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Radio } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { zoneAt } from '../../words/zone.ts'
import styles from './ask-compute.module.css'
import { commandWords } from './command-words.ts'

interface Props {
  readonly quota: QuotaView
  /** The plan in force: its classes are those that can be asked for. */
  readonly plan: string | undefined
  readonly sites: readonly string[]
}

interface Filled extends Omit<NewComputeJob, 'deadline' | 'sites' | 'command' | 'scenario'> {
  /** As the browser writes it, in the reader's zone. */
  readonly deadline: string
  /** Absent where no plan says which sites there are. */
  readonly sites?: string[]
  readonly command?: string
  readonly scenario?: string
}

/** Asks for compute within the quota; a refusal is shown with its reason. */
export function AskCompute({ quota, plan, sites }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [form] = Form.useForm<Filled>()
  const ask = useMutation({
    mutationFn: (filled: Filled) => client.askCompute(wishOf(filled, sites.length)),
    onSuccess: async () => {
      form.resetFields(['name'])
      await Promise.all(['listComputeJobs', 'listQuotas'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
    },
  })
  return (
    <Form<Filled>
      form={form}
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={{ chips: 1, hours: 1, tier: 1, sites: [...sites] }}
      onFinish={(filled) => ask.mutate(filled)}
    >
      <Fields plan={plan} sites={sites} />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => <Sum quota={quota} chipHours={getFieldValue('chips') * getFieldValue('hours')} />}
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          {t('public.send')}
        </Button>
      </Form.Item>
      {ask.isError && (
        <div style={{ marginBottom: 18 }}>
          <ProblemNotice error={ask.error} />
        </div>
      )}
    </Form>
  )
}

function wishOf({ deadline, command, sites = [], scenario, ...rest }: Filled, of: number): NewComputeJob {
  const words = commandWords(command ?? '') ?? []
  return {
    ...rest,
    deadline: new Date(deadline).toISOString(),
    ...(sites.length < of ? { sites } : {}),
    ...(words.length > 0 ? { command: [...words] } : {}),
    ...(scenario ? { scenario } : {}),
  }
}

function Fields({ plan, sites }: Pick<Props, 'plan' | 'sites'>) {
  const { t } = useWords()
  const bars = useHouse('getPlanBars', [plan ?? ''], { enabled: plan !== undefined })
  const scenarios = useHouse('listScenarios', [])
  const needed = (message: string) => [{ required: true, message }]
  return (
    <>
      <div className={styles.row}>
        <Form.Item name="name" label={t('public.name')} rules={needed(t('public.nameNeeded'))}>
          <Input maxLength={100} autoComplete="off" style={{ width: 220 }} />
        </Form.Item>
        <Form.Item name="class" label={t('public.class')} rules={needed(t('public.classNeeded'))}>
          <AutoComplete style={{ width: 180 }} options={(bars.data?.classes ?? []).map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="chips" label={t('public.chips')} rules={needed(t('event.needed'))}>
          <InputNumber min={1} max={100_000} precision={0} style={{ width: 100 }} />
        </Form.Item>
        <Form.Item name="hours" label={t('public.hours')} rules={needed(t('event.needed'))}>
          <InputNumber min={0.1} max={10_000} step={0.5} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item
          name="deadline"
          label={t('public.deadline', { zone: zoneAt(new Date()) })}
          rules={needed(t('public.deadlineNeeded'))}
        >
          <Input type="datetime-local" style={{ width: 210 }} />
        </Form.Item>
      </div>
      <Form.Item name="tier" label={t('public.tier')}>
        <Radio.Group options={([0, 1, 2, 3] as const).map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))} />
      </Form.Item>
      <div className={styles.row}>
        {sites.length > 0 && (
          <Form.Item name="sites" label={t('public.where')} rules={needed(t('event.siteNeeded'))}>
            <Checkbox.Group options={[...sites]} />
          </Form.Item>
        )}
        <Form.Item name="scenario" label={t('public.scenario')}>
          <AutoComplete
            allowClear
            style={{ width: 220 }}
            options={(scenarios.data ?? []).map(({ id }) => ({ value: id }))}
          />
        </Form.Item>
        <Form.Item
          name="command"
          label={t('public.command')}
          rules={[{ validator: quotesRule, message: t('public.commandQuote') }]}
        >
          <Input maxLength={4096} autoComplete="off" style={{ width: 320 }} />
        </Form.Item>
      </div>
    </>
  )
}

const quotesRule = (_: unknown, command = ''): Promise<void> =>
  commandWords(command) ? Promise.resolve() : Promise.reject(new TypeError(command))

/** Chip-hours at full speed beside what is left; the house holds the most that the job may take. */
function Sum({ quota, chipHours }: { readonly quota: QuotaView; readonly chipHours: number }) {
  const { t, cost } = useWords()
  const over = chipHours > quota.chipHours.left
  const said = { wanted: cost(chipHours || 0), left: cost(quota.chipHours.left), kwh: cost(quota.kwh.left) }
  return (
    <p className={styles.sum} data-over={over} role="status">
      {t(over ? 'public.sumOver' : 'public.sum', said)}
    </p>
  )
}
