import { type Route, route } from '@dengta/kernel'
import { type Health, health, type LogView, type Programme, programme, type ScenarioView } from '@dengta/sdk'

/** What the first page is made of; each domain supplies its part. */
export interface ProgrammeSources {
  readonly scenarios: () => Promise<readonly ScenarioView[]>
  readonly counts: (scenarios: number) => Promise<Programme['counts']>
  readonly log: () => Promise<LogView>
  readonly health: () => Promise<Health>
}

export function programmeRoutes(sources: ProgrammeSources): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/health',
      allow: 'anyone',
      summary: { en: 'Is the house up, and with what', zh: '系统运行状态及其组成' },
      answer: health,
      handle: () => sources.health(),
    }),
    route({
      method: 'GET',
      path: '/api/v1/programme',
      allow: 'anyone',
      summary: { en: 'The programme at a glance', zh: '项目总览' },
      answer: programme,
      handle: () => overview(sources),
    }),
  ]
}

async function overview(sources: ProgrammeSources): Promise<Programme> {
  const [scenarios, log, up] = await Promise.all([sources.scenarios(), sources.log(), sources.health()])
  const counts = await sources.counts(scenarios.length)
  return { counts, log, health: up, scenarios: scenarios.map(summary) }
}

function summary({ id, title, industry, owner, origin, stage, gates }: ScenarioView): Programme['scenarios'][number] {
  return { id, title, industry, owner, origin, stage, gates }
}
