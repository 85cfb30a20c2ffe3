import { type Clock, ROLES, type Route, route } from '@dengta/kernel'
import {
  planBars as barsSchema,
  siteBoard as boardSchema,
  endedJobs as endedSchema,
  freeBoard as freeSchema,
  jobWhy as whySchema,
} from '@dengta/sdk'
import { z } from 'zod'
import { endOf } from '../day/day.ts'
import { byId, signedIn } from '../day/day-routes.ts'
import type { PublicJobStore } from '../public-job/public-job-store.ts'
import { endedJobRows } from './ended-jobs.ts'
import { freeBoard, NOTHING_PLANNED } from './free-board.ts'
import { jobWhy } from './job-why.ts'
import type { OpenedPlans } from './opened-plans.ts'
import { planBars } from './plan-bars.ts'
import { siteBoard } from './site-board.ts'
import { mayRead } from './viewer.ts'

export interface BoardRouteParts {
  readonly opened: OpenedPlans
  /** Id of the plan that holds now, or else of the newest. */
  readonly planInForce: () => Promise<string | undefined>
  readonly clock: Clock
  /** Jobs of public compute that ended from a moment to before another, newest end first. */
  readonly endedJobs: PublicJobStore['ended']
}

/** What a plan looks like: for those who take part; what is free, for everybody. */
export function boardRoutes({ opened, planInForce, clock, endedJobs }: BoardRouteParts): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id/board',
      allow: ROLES,
      summary: {
        en: 'Sites and feeders by slot: power, chips, price, carbon',
        zh: '站点与馈线逐时隙：功率、芯片、电价、碳强度',
      },
      params: byId,
      answer: boardSchema,
      handle: async ({ params }) => siteBoard(await opened.open(params.id)),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id/ended',
      allow: ROLES,
      summary: { en: 'Jobs that ran on the day of a plan and have ended', zh: '计划当日已结束的作业' },
      params: byId,
      answer: endedSchema,
      handle: async ({ caller, params }) => {
        const { run, day } = await opened.open(params.id)
        const ended = await endedJobs(day.startsAt, endOf(day))
        return { plan: run.id, day: day.id, jobs: endedJobRows(ended, mayRead(signedIn(caller))) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id/bars',
      allow: ROLES,
      summary: { en: 'Bars of a Gantt; jobs of others stay anonymous', zh: '甘特图数据；他人作业匿名显示' },
      params: byId,
      answer: barsSchema,
      handle: async ({ caller, params }) => planBars(await opened.open(params.id), mayRead(signedIn(caller))),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id/jobs/:job',
      allow: ROLES,
      summary: { en: 'Why a job lies where it lies', zh: '作业为何如此安排' },
      params: z.object({ id: z.string(), job: z.string() }),
      answer: whySchema,
      handle: async ({ caller, params }) => jobWhy(await opened.open(params.id), params.job, mayRead(signedIn(caller))),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/free',
      allow: 'anyone',
      summary: { en: 'What is free when, and how clean it is', zh: '何时有空闲算力，清洁程度如何' },
      answer: freeSchema,
      handle: async () => {
        const plan = await planInForce()
        return plan === undefined ? NOTHING_PLANNED : freeBoard(await opened.open(plan), clock.now())
      },
    }),
  ]
}
