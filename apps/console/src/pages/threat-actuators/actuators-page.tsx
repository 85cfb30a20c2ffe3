import type { ActuatorView } from '@dengta/sdk'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { PlaybookTabs } from '../../parts/playbook-tabs.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useApprovalName } from '../../parts/use-approval-name.ts'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { ChooseTarget } from './choose-target.tsx'

/** Where the commands of each action go: the simulator, or something real. */
export function ActuatorsPage() {
  const { t } = useWords()
  const { may } = useSession()
  const query = useHouse('listActuators', [])
  return (
    <ThreatFrame under="playbooks" title={t('playbooks.actuators')} lead={t('actuators.lead')}>
      <PlaybookTabs />
      <Section title={t('actuators.list')}>
        <Loaded query={query} lines={4}>
          {(actuators) => <ActuatorTable actuators={actuators} />}
        </Loaded>
      </Section>
      <Section title={t('actuators.choose')} note={t('actuators.chooseNote')} bare>
        {may('owner', 'operator') && query.data ? (
          <ChooseTarget actuators={query.data} />
        ) : (
          <Notice title={t('actuators.mayNot')} />
        )}
      </Section>
    </ThreatFrame>
  )
}

function ActuatorTable({ actuators }: { readonly actuators: readonly ActuatorView[] }) {
  const { t, say } = useWords()
  const { moment } = useTimes()
  const approvalName = useApprovalName()
  return (
    <ScrollTable
      label={t('actuators.list')}
      heads={[
        ...[t('actuators.action'), t('actuators.place'), ''],
        ...[t('actuators.secret'), t('actuators.least'), t('actuators.chosen')],
      ]}
      rows={actuators.map(({ action, name, target, place, approval, chosenBy, chosenAt }) => ({
        key: action,
        cells: [
          say(name),
          target.kind === 'simulator' ? t('actuatorKind.simulator') : <code key="place">{place}</code>,
          target.kind === 'simulator' ? (
            <Tag key="kind" tone="simulated">
              {t('runs.simulated')}
            </Tag>
          ) : (
            <Tag key="kind" tone="bad">
              {t(`actuatorKind.${target.kind}`)} · {t('actuators.real')}
            </Tag>
          ),
          target.kind === 'simulator' ? '–' : (target.secret ?? '–'),
          approvalName(approval),
          chosenBy && chosenAt ? `${chosenBy}, ${moment(chosenAt)}` : t('actuators.nobody'),
        ],
      }))}
    />
  )
}
