import {
  type DayQuery,
  dayList,
  dayView,
  jobWhy,
  type NewPlan,
  type PlanQuery,
  planList,
  planView,
} from '../api/compute.ts'
import { endedJobs, freeBoard, planBars, siteBoard } from '../api/compute-board.ts'
import { engineView } from '../api/compute-engine.ts'
import {
  type GridRequest,
  gridEventList,
  gridEventView,
  type NewGridEvent,
  rehearsal,
  type SettlementQuery,
  settlementTrial,
} from '../api/compute-event.ts'
import {
  computeJobList,
  computeJobView,
  type NewComputeJob,
  type NewQuota,
  quotaList,
  quotaView,
} from '../api/compute-job.ts'
import { path, type Transport, type UploadBody } from './transport.ts'

/** Chips and electricity: days, plans, boards, grid events, public compute. */
export function computeCalls(transport: Transport) {
  return { ...planCalls(transport), ...eventCalls(transport), ...publicCalls(transport) }
}

function planCalls({ parsed, raw }: Transport) {
  return {
    listDays: () => parsed({ path: '/compute/days' }, dayList).then((list) => list.days),
    getDay: (id: string) => parsed({ path: path('/compute/days/:id', { id }) }, dayView),
    /** `upload` is the day as YAML or JSON; a wrong one is refused with line and field. */
    uploadDay: (query: DayQuery, upload: UploadBody) =>
      parsed({ method: 'POST', path: '/compute/days', query, upload }, dayView),
    /** Answers at once with state `waiting`; ask `getPlan` until it is `done`, `failed` or `cancelled`. */
    askPlan: (json: NewPlan) => parsed({ method: 'POST', path: '/compute/plans', json }, planView),
    listPlans: (query: PlanQuery = {}) =>
      parsed({ path: '/compute/plans', query }, planList).then((list) => list.plans),
    getPlan: (id: string) => parsed({ path: path('/compute/plans/:id', { id }) }, planView),
    cancelPlan: (id: string) =>
      parsed({ method: 'POST', path: path('/compute/plans/:id/cancel', { id }), json: {} }, planView),
    /** The plan file: canonical JSON that `dengta plan check` proves offline. Operator and auditor only. */
    downloadPlan: (id: string) => raw({ path: path('/compute/plans/:id/file', { id }) }),
    getSiteBoard: (id: string) => parsed({ path: path('/compute/plans/:id/board', { id }) }, siteBoard),
    /** Jobs of public compute that ran on the plan's day and have ended, newest first. */
    listEndedJobs: (id: string) =>
      parsed({ path: path('/compute/plans/:id/ended', { id }) }, endedJobs).then((list) => list.jobs),
    getPlanBars: (id: string) => parsed({ path: path('/compute/plans/:id/bars', { id }) }, planBars),
    getJobWhy: (id: string, job: string) => parsed({ path: path('/compute/plans/:id/jobs/:job', { id, job }) }, jobWhy),
  }
}

function eventCalls({ parsed }: Transport) {
  return {
    /** What would happen, without effect. */
    rehearseEvent: (plan: string, json: GridRequest) =>
      parsed({ method: 'POST', path: path('/compute/plans/:plan/rehearsals', { plan }), json }, rehearsal),
    listGridEvents: () => parsed({ path: '/compute/events' }, gridEventList).then((list) => list.events),
    getGridEvent: (id: string) => parsed({ path: path('/compute/events/:id', { id }) }, gridEventView),
    announceEvent: (json: NewGridEvent) => parsed({ method: 'POST', path: '/compute/events', json }, gridEventView),
    /** Settles what the jobs that the house runs have done, without meters: an estimate. */
    estimateSettlement: (id: string, query: Partial<SettlementQuery> = {}) =>
      parsed(
        { method: 'POST', path: path('/compute/events/:id/settlement/estimate', { id }), query, json: {} },
        gridEventView,
      ),
    /** `upload`: the meters as CSV `time,site,kw`, from before the event to its end. */
    settleEvent: (id: string, query: Partial<SettlementQuery>, upload: UploadBody) =>
      parsed({ method: 'POST', path: path('/compute/events/:id/settlement', { id }), query, upload }, gridEventView),
    /** What settling from these meters would say, without effect. */
    trySettlement: (id: string, query: Partial<SettlementQuery>, upload: UploadBody) =>
      parsed(
        { method: 'POST', path: path('/compute/events/:id/settlement/trial', { id }), query, upload },
        settlementTrial,
      ),
    /** The same without meters. */
    tryEstimate: (id: string, query: Partial<SettlementQuery> = {}) =>
      parsed(
        { method: 'POST', path: path('/compute/events/:id/settlement/estimate/trial', { id }), query, json: {} },
        settlementTrial,
      ),
  }
}

function publicCalls({ parsed }: Transport) {
  return {
    /** Needs no token. */
    getComputeEngine: () => parsed({ path: '/compute/engine' }, engineView),
    getFreeCompute: () => parsed({ path: '/compute/free' }, freeBoard),
    listQuotas: () => parsed({ path: '/compute/quotas' }, quotaList).then((list) => list.quotas),
    grantQuota: (json: NewQuota) => parsed({ method: 'POST', path: '/compute/quotas', json }, quotaView),
    askCompute: (json: NewComputeJob) => parsed({ method: 'POST', path: '/compute/jobs', json }, computeJobView),
    listComputeJobs: () => parsed({ path: '/compute/jobs' }, computeJobList).then((list) => list.jobs),
    getComputeJob: (id: string) => parsed({ path: path('/compute/jobs/:id', { id }) }, computeJobView),
    cancelComputeJob: (id: string) =>
      parsed({ method: 'POST', path: path('/compute/jobs/:id/cancel', { id }), json: {} }, computeJobView),
  }
}
