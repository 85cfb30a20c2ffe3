import type { ReplayView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Progress, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

const SPEEDS = [0, 60, 600, 3600] as const
const TONE = { waiting: 'unsure', running: 'unsure', done: 'good', failed: 'bad', cancelled: 'plain' } as const

const moves = (replay: ReplayView | undefined): boolean => replay?.state === 'waiting' || replay?.state === 'running'

/** For an operator: sends a labelled log through everything, shows how far it is, and stops it. */
export function ReplayBox() {
  const { t } = useWords()
  const { may } = useSession()
  const query = useHouse('listReplays', [], {
    again: (list) => (moves(list?.replays[0]) ? 1000 : 10_000),
    enabled: may('operator'),
  })
  if (!may('operator')) return null
  const latest = query.data?.replays[0]
  return (
    <Section title={t('replay.title')} note={t('replay.note')}>
      <div style={{ padding: '10px 14px' }}>
        {latest && <Latest replay={latest} />}
        {latest && moves(latest) ? <Stop id={latest.id} /> : <Start />}
      </div>
    </Section>
  )
}

function Latest({ replay }: { readonly replay: ReplayView }) {
  const { t, say, count } = useWords()
  const { state, stoppedBy = '', progress, outcome, network, origin, failure } = replay
  const by = stoppedBy === 'house' ? t('replay.house') : stoppedBy
  return (
    <div aria-live="polite">
      <p>
        {network} <Tag tone={TONE[state]}>{t(`replay.state.${state}`, { by })}</Tag>{' '}
        {origin === 'simulated' && <Tag tone="simulated">{t('replay.sample')}</Tag>} {progress && say(progress.step)}
      </p>
      {moves(replay) && (
        <Progress percent={Math.round(100 * (progress?.share ?? 0))} aria-label={t('replay.progress')} />
      )}
      {outcome && (
        <p>
          {t('replay.came', {
            ...{ network, alerts: count(outcome.alerts), groups: count(outcome.groups) },
            incidents: count(outcome.incidents),
          })}
        </p>
      )}
      {failure && <Notice title={say(failure.text)} bad />}
    </div>
  )
}

function useReplayStep(act: () => Promise<ReplayView>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => cache.invalidateQueries({ queryKey: ['listReplays'] }),
  })
}

function Start() {
  const { t, count } = useWords()
  const { client } = useSession()
  const [speed, setSpeed] = useState<number>(SPEEDS[0])
  const start = useReplayStep(() => client.startReplay({ speed, sample: true, afterRestart: 'cancel' }))
  const nameOf = (each: number) => (each === 0 ? t('replay.speed.0') : t('replay.speed.n', { times: count(each) }))
  return (
    <>
      <Select
        aria-label={t('replay.speed')}
        value={speed}
        onChange={setSpeed}
        options={SPEEDS.map((value) => ({ value, label: nameOf(value) }))}
        style={{ minWidth: 240, marginInlineEnd: 10 }}
      />
      <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
        {t('replay.start')}
      </Button>{' '}
      <Tag tone="simulated">{t('replay.sample')}</Tag>
      {start.isError && <ProblemNotice error={start.error} />}
    </>
  )
}

function Stop({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const stop = useReplayStep(() => client.stopReplay(id))
  return (
    <>
      <Button danger loading={stop.isPending} onClick={() => stop.mutate()}>
        {t('replay.stop')}
      </Button>
      {stop.isError && <ProblemNotice error={stop.error} />}
    </>
  )
}
