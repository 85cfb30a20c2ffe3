import type { DispositionKind, GroupDetail, GroupView, NewDisposition, QueuePage } from '@dengta/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useKeys } from '../../house/use-keys.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { GroupPanel } from './group-panel.tsx'
import { JudgeBar } from './judge-bar.tsx'
import { KeyHelp } from './key-help.tsx'
import { QueueList } from './queue-list.tsx'
import { SuppressDialog } from './suppress-dialog.tsx'
import styles from './triage-bench.module.css'
import { TriageState } from './triage-state.tsx'
import type { Judging } from './use-judging.ts'

interface Props {
  readonly page: QueuePage
  /** Outlives the queue: a verdict that was not saved stays in sight under another filter too. */
  readonly judging: Judging
  readonly waiting: number | undefined
  readonly refetch: () => unknown
  /** The group that the address asks for, in the queue or not. */
  readonly group: string | undefined
}

/** Queue on the left, the group in hand on the right, verdicts by key. */
export function TriageBench({ page, judging, waiting, refetch, group }: Props) {
  const { t } = useWords()
  const { may } = useSession()
  const cache = useQueryClient()
  const { refreshed } = judging
  const [dialog, setDialog] = useState<'help' | 'suppress'>()
  const open = useOpen()
  const { groups } = page
  useEffect(refreshed, [refreshed])
  const at = groups.findIndex(({ id }) => id === group)
  const inHand = group ?? groups[0]?.id
  const known = (id: string): GroupView | undefined =>
    cache.getQueryData<GroupDetail>(['getGroup', id]) ?? groups.find((each) => each.id === id)
  const walk = (by: number) => {
    const next = groups[Math.max(0, Math.min(groups.length - 1, (group === undefined ? 0 : at) + by))]
    if (next) open.group(next.id)
  }
  const judge = (said: NewDisposition) => {
    if (!inHand || !may('operator')) return
    judging.judge(inHand, said)
    setDialog(undefined)
    walk(1)
  }
  const ask = (kind: DispositionKind) =>
    kind === 'suppress' ? may('operator') && inHand && setDialog('suppress') : judge({ kind })
  const undo = () => {
    const undone = judging.undo()
    if (undone) open.group(undone)
  }
  const refresh = () => {
    refreshed()
    refetch()
  }
  useKeys(
    {
      ...{ j: () => walk(1), k: () => walk(-1), r: refresh, u: undo },
      ...{ c: () => ask('benign'), e: () => ask('confirm'), x: () => ask('unclear'), s: () => ask('suppress') },
      o: () => inHand && open.beyond(known(inHand)),
      '?': () => setDialog('help'),
    },
    dialog === undefined,
  )
  return (
    <>
      <TriageState
        {...{ page, waiting, refresh }}
        judgements={judging.judgements}
        help={() => setDialog('help')}
        open={open.group}
      />
      {groups.length === 0 && <Notice title={t('triage.empty')}>{t('triage.emptyText')}</Notice>}
      <div className={styles.bench} data-alone={groups.length === 0}>
        {groups.length > 0 && <QueueList groups={groups} judging={judging} inHand={inHand} choose={open.group} />}
        {inHand && (
          <section className={styles.hand} aria-label={t('group.why')}>
            <JudgeBar judging={judging} group={inHand} ask={ask} undo={undo} />
            <GroupPanel key={inHand} id={inHand} />
          </section>
        )}
      </div>
      <KeyHelp open={dialog === 'help'} close={() => setDialog(undefined)} />
      <SuppressDialog
        group={dialog === 'suppress' ? inHand : undefined}
        close={() => setDialog(undefined)}
        send={(said) => judge({ kind: 'suppress', ...said })}
      />
    </>
  )
}

/** Where the keys lead. The group in hand is part of the address, so that it can be sent to a colleague. */
function useOpen() {
  const go = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  return {
    group: (id: string) =>
      void go({ to: '.', search: { ...search, group: id } as never, replace: true, resetScroll: false }),
    beyond: (group: GroupView | undefined) => {
      if (!group) return
      const { incident, firstAlert } = group
      if (incident) void go({ to: '/serve/threat/incidents/$incident', params: { incident } as never })
      else void go({ to: '/serve/threat/alerts/$alert', params: { alert: firstAlert } as never })
    },
  }
}
