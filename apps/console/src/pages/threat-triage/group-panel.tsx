import { type GroupDetail, saidReason } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { MatchedFields } from '../../parts/matched-fields.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { RuleCreditLine } from '../../parts/rule-credit-line.tsx'
import { IncidentLink, TechniqueLink } from '../../parts/threat-links.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { Contributions } from './contributions.tsx'
import styles from './group-panel.module.css'
import { PastCases, PastVerdicts } from './past-cases.tsx'
import { ProveDecision } from './prove-decision.tsx'

/** One group with all that the model's decision stands on. */
export function GroupPanel({ id }: { readonly id: string }) {
  const query = useHouse('getGroup', [id])
  return (
    <Loaded query={query} lines={12}>
      {(group) => <Panel group={group} />}
    </Loaded>
  )
}

function Panel({ group }: { readonly group: GroupDetail }) {
  const { t, say, count } = useWords()
  const { moment, span } = useTimes()
  const { signature, host, network, first, last, alerts, suppressedBy, incident } = group
  const lasted = span(Date.parse(last) - Date.parse(first))
  return (
    <div className={styles.panel}>
      <h2>{signature}</h2>
      <p className={styles.muted}>
        {host} · {network} · {t('group.alerts', { alerts: count(alerts), first: moment(first), span: lasted })}
      </p>
      {suppressedBy && (
        <p>
          {t('group.suppressed')}
          {t('run1.colon')}
          {say(suppressedBy)}
        </p>
      )}
      <Why group={group} />
      <ProveDecision key={group.id} group={group} />
      <Contributions contributions={group.decision.contributions} />
      <h3>{t('group.firstAlert')}</h3>
      <FirstAlert id={group.firstAlert} />
      <h3>{t('group.similar')}</h3>
      <PastCases similar={group.similar} />
      <Touches group={group} />
      {incident && (
        <p>
          <IncidentLink id={incident}>{t('group.openIncident')}</IncidentLink>
        </p>
      )}
      {group.history.length > 0 && (
        <>
          <h3>{t('group.past')}</h3>
          <PastVerdicts history={group.history} />
        </>
      )}
    </div>
  )
}

function Why({ group: { decision } }: { readonly group: GroupDetail }) {
  const { t, say, cost, count } = useWords()
  const number = (value: number) => cost(value).replace('-', '−')
  const { threshold, score, history, record, model } = decision
  return (
    <div className={styles.why}>
      <h3>{t('group.why')}</h3>
      <p className={styles.reason}>{say(saidReason(decision.reason))}</p>
      <dl>
        <div>
          <dt>{t('group.score', { score: number(score) })}</dt>
          <dd>
            {threshold === undefined ? t('group.noThreshold') : t('group.threshold', { threshold: number(threshold) })}
          </dd>
        </div>
        <div>
          <dt>{t('group.history')}</dt>
          <dd>
            {history.cases === 0
              ? t('group.noHistory')
              : t('group.historyText', { attacks: count(history.attacks), cases: count(history.cases) })}
          </dd>
        </div>
        <div>
          <dt>{t('group.model')}</dt>
          <dd>
            <code>{model}</code>{' '}
            {record ? (
              <>
                {t('group.sealed')} <RecordLink id={record} />
              </>
            ) : (
              t('group.notSealed')
            )}
          </dd>
        </div>
      </dl>
    </div>
  )
}

function FirstAlert({ id }: { readonly id: string }) {
  const query = useHouse('getAlert', [id])
  return (
    <Loaded query={query} lines={3}>
      {(alert) => (
        <>
          <RuleCreditLine rule={alert.rule} />
          <div className={styles.matched}>
            <MatchedFields matched={alert.matched} />
          </div>
        </>
      )}
    </Loaded>
  )
}

function Touches({ group }: { readonly group: GroupDetail }) {
  const { t } = useWords()
  const { addresses, accounts, processes, techniques } = group
  const rows = [
    [t('entity.address'), addresses],
    [t('entity.account'), accounts],
    [t('entity.process'), processes],
  ] as const
  const shown = rows.filter(([, names]) => names.length > 0)
  if (shown.length === 0 && techniques.length === 0) return null
  return (
    <>
      <h3>{t('group.entities')}</h3>
      <dl className={styles.touches}>
        {shown.map(([kind, names]) => (
          <div key={kind}>
            <dt>{kind}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ))}
        {techniques.length > 0 && (
          <div>
            <dt>ATT&CK</dt>
            <dd>
              {techniques.map((technique) => (
                <TechniqueLink key={technique} id={technique}>
                  {technique}
                </TechniqueLink>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}
