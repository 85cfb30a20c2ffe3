import { ApiError, type Client, type GridEventView, type SettlementQuery, type SettlementTrial } from '@dengta/sdk'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Popconfirm, Radio, Select } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNow } from '../../house/use-now.ts'
import { FileField } from '../../parts/file-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './settle.module.css'
import { Settlement } from './settlement.tsx'

/** An event that is not settled: what it waits for, and the operator's form once it is over. */
export function Settle({ event }: { readonly event: GridEventView }) {
  const { t, time } = useWords()
  const { may } = useSession()
  const now = useNow()
  if (now < new Date(event.to))
    return <Notice title={t('settle.notOver')}>{t('settle.notOverText', { to: time(event.to) })}</Notice>
  if (!may('operator')) return <Notice title={t('settle.waits')}>{t('settle.waitsText')}</Notice>
  return <SettleForm event={event} />
}

interface Filled
  extends Pick<
    SettlementQuery,
    'method' | 'holidays' | 'leaveOut' | 'yuanPerKwh' | 'shortfallYuanPerKwh' | 'availabilityYuanPerKw'
  > {
  /** Per cent. */
  readonly tolerance: number
  /** From a meter file, or by what the engine of this house ordered. */
  readonly by: 'meters' | 'engine'
  readonly meters?: File
}

const BY = ['meters', 'engine'] as const
const METHODS = ['meterBefore', 'sameDay3and2', 'last10', 'high5of10'] as const
/** Baselines of like days, of which some may have to be left out. */
const OF_DAYS: readonly SettlementQuery['method'][] = ['last10', 'high5of10']
const DATES = ['holidays', 'leaveOut'] as const
const PRICES = ['yuanPerKwh', 'shortfallYuanPerKwh', 'availabilityYuanPerKw'] as const
const FIRST = {
  by: 'meters',
  method: 'meterBefore',
  tolerance: 10,
  yuanPerKwh: 0,
  shortfallYuanPerKwh: 0,
  availabilityYuanPerKw: 0,
}

/** The prices and the method; a tolerance in per cent becomes a share, an emptied field nothing. */
function queryOf({ by: _by, meters: _meters, ...filled }: Filled): Partial<SettlementQuery> {
  const { holidays, leaveOut, tolerance, ...query } = filled
  const dates = { holidays: holidays || undefined, leaveOut: leaveOut || undefined }
  return { ...query, ...dates, tolerance: tolerance / 100 }
}

function settled(client: Client, id: string, filled: Filled): Promise<GridEventView> {
  const { by, meters } = filled
  const query = queryOf(filled)
  return by === 'meters' && meters ? client.settleEvent(id, query, meters) : client.estimateSettlement(id, query)
}

function trial(client: Client, id: string, filled: Filled): Promise<SettlementTrial> {
  const { by, meters } = filled
  const query = queryOf(filled)
  return by === 'meters' && meters ? client.trySettlement(id, query, meters) : client.tryEstimate(id, query)
}

/** Settling goes on record; trying it shows the same figures and keeps nothing. */
function SettleForm({ event }: { readonly event: GridEventView }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const { id } = event
  const settle = useMutation({
    mutationFn: (filled: Filled) => settled(client, id, filled),
    onSuccess: () =>
      Promise.all(['getGridEvent', 'listGridEvents'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  })
  const tried = useMutation({
    mutationFn: (filled: Filled) => trial(client, id, filled),
    onMutate: () => settle.reset(),
  })
  return (
    <>
      <Section title={t('settle.title')} note={t('settle.how')}>
        <SettleFields {...{ settle, tried }} changed={tried.reset} />
      </Section>
      {tried.data && <Settlement event={event} settlement={tried.data} />}
    </>
  )
}

type Act = Pick<UseMutationResult<unknown, Error, Filled>, 'mutate' | 'isPending' | 'error'>

interface FieldsProps {
  readonly settle: Act
  readonly tried: Act
  /** What was tried is of other figures from now on. */
  readonly changed: () => void
}

function SettleFields({ settle, tried, changed }: FieldsProps) {
  const { t } = useWords()
  const [form] = Form.useForm<Filled>()
  const tryIt = () =>
    form.validateFields().then(
      (filled) => tried.mutate(filled),
      () => undefined,
    )
  const error = settle.error ?? tried.error
  const needed = { required: true, message: t('event.needed') }
  return (
    <Form<Filled>
      form={form}
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={FIRST}
      onValuesChange={changed}
      onFinish={(filled) => settle.mutate(filled)}
    >
      <Form.Item name="by" label={t('settle.by')}>
        <Radio.Group options={BY.map((value) => ({ value, label: t(`settle.by.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['by']}>
        {({ getFieldValue }) => getFieldValue('by') === 'meters' && <MetersField />}
      </Form.Item>
      <div className={styles.row}>
        <Form.Item noStyle dependencies={['by']}>
          {({ getFieldValue }) => getFieldValue('by') === 'meters' && <MethodField />}
        </Form.Item>
        <Form.Item name="tolerance" label={t('settle.tolerance')} rules={[needed]}>
          <InputNumber min={0} max={100} style={{ width: 130 }} />
        </Form.Item>
        <Form.Item noStyle dependencies={['by', 'method']}>
          {({ getFieldValue }) =>
            getFieldValue('by') === 'meters' && OF_DAYS.includes(getFieldValue('method')) && <DatesFields />
          }
        </Form.Item>
        {PRICES.map((price) => (
          <Form.Item key={price} name={price} label={t(`settle.price.${price}`)} rules={[needed]}>
            <InputNumber min={0} step={0.1} style={{ width: 150 }} />
          </Form.Item>
        ))}
      </div>
      <Form.Item>
        <Popconfirm
          title={t('settle.sure')}
          description={t('settle.once')}
          okText={t('settle.now')}
          onConfirm={form.submit}
        >
          <Button type="primary" loading={settle.isPending}>
            {t('settle.now')}
          </Button>
        </Popconfirm>{' '}
        <Button loading={tried.isPending} onClick={tryIt}>
          {t('settle.try')}
        </Button>
      </Form.Item>
      {error && <Refused error={error} />}
    </Form>
  )
}

function MetersField() {
  const { t } = useWords()
  return (
    <Form.Item name="meters" label={t('settle.meters')} rules={[{ required: true, message: t('submit.fileNeeded') }]}>
      <FileField />
    </Form.Item>
  )
}

/** Only meters need a baseline: ordered power is held against the plan. */
function MethodField() {
  const { t } = useWords()
  return (
    <Form.Item name="method" label={t('settle.method')}>
      <Select
        style={{ width: 300 }}
        options={METHODS.map((method) => ({ value: method, label: t(`settle.method.${method}`) }))}
      />
    </Form.Item>
  )
}

function DatesFields() {
  const { t } = useWords()
  return DATES.map((dates) => (
    <Form.Item key={dates} name={dates} label={t(`settle.${dates}`)}>
      <Input placeholder="2026-10-01,2026-10-02" allowClear style={{ width: 300 }} />
    </Form.Item>
  ))
}

/** Too little data is not a failure: it is said with what would be enough. */
function Refused({ error }: { readonly error: Error }) {
  const { t, say } = useWords()
  if (!(error instanceof ApiError) || error.code !== 'grid_event.not_enough_data')
    return <ProblemNotice error={error} />
  return (
    <Notice title={t('settle.notEnough')} bad>
      <p>{say(error.text)}</p>
      <p>{t('settle.notEnoughText')}</p>
    </Notice>
  )
}
