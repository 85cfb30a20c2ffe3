import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router'
import { CrashPage } from './pages/crash/crash-page.tsx'
import { jobSearch } from './pages/gantt/job-search.ts'
import { LostPage } from './pages/lost/lost-page.tsx'
import { ProgrammePage } from './pages/programme/programme-page.tsx'
import { askedSearch } from './pages/rehearsal/asked.ts'
import { Shell } from './shell/shell.tsx'
import { threatRoutes } from './threat-routes.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: LostPage, errorComponent: CrashPage })
const under = { getParentRoute: () => root } as const

/** One line a page; every page but the first comes when it is asked for. */
const pages = [
  createRoute({ ...under, path: '/', component: ProgrammePage }),
  createRoute({
    ...under,
    path: '/open',
    component: lazyRouteComponent(() => import('./pages/open/open-page.tsx'), 'OpenPage'),
  }),
  createRoute({
    ...under,
    path: '/scenarios/$scenario',
    component: lazyRouteComponent(() => import('./pages/scenario/scenario-page.tsx'), 'ScenarioPage'),
  }),
  createRoute({
    ...under,
    path: '/participants',
    component: lazyRouteComponent(() => import('./pages/participants/participants-page.tsx'), 'ParticipantsPage'),
  }),
  createRoute({
    ...under,
    path: '/run',
    component: lazyRouteComponent(() => import('./pages/run/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    ...under,
    path: '/run/public',
    component: lazyRouteComponent(() => import('./pages/public-compute/public-page.tsx'), 'PublicPage'),
  }),
  createRoute({
    ...under,
    path: '/run/events',
    component: lazyRouteComponent(() => import('./pages/grid-events/grid-events-page.tsx'), 'GridEventsPage'),
  }),
  createRoute({
    ...under,
    path: '/run/events/$event',
    component: lazyRouteComponent(() => import('./pages/grid-events/event-page.tsx'), 'EventPage'),
  }),
  createRoute({
    ...under,
    path: '/run/engines',
    component: lazyRouteComponent(() => import('./pages/engines/engines-page.tsx'), 'EnginesPage'),
  }),
  createRoute({
    ...under,
    path: '/run/plans/$plan',
    component: lazyRouteComponent(() => import('./pages/plan/plan-page.tsx'), 'PlanPage'),
  }),
  createRoute({
    ...under,
    path: '/run/plans/$plan/jobs',
    validateSearch: jobSearch,
    component: lazyRouteComponent(() => import('./pages/gantt/gantt-page.tsx'), 'GanttPage'),
  }),
  createRoute({
    ...under,
    path: '/run/plans/$plan/rehearsal',
    validateSearch: askedSearch,
    component: lazyRouteComponent(() => import('./pages/rehearsal/rehearsal-page.tsx'), 'RehearsalPage'),
  }),
  createRoute({
    ...under,
    path: '/prove',
    component: lazyRouteComponent(() => import('./pages/prove/prove-page.tsx'), 'ProvePage'),
  }),
  createRoute({
    ...under,
    path: '/benchmarks/$benchmark',
    component: lazyRouteComponent(() => import('./pages/benchmark/benchmark-page.tsx'), 'BenchmarkPage'),
  }),
  createRoute({
    ...under,
    path: '/benchmarks/$benchmark/board',
    component: lazyRouteComponent(() => import('./pages/board/board-page.tsx'), 'BoardPage'),
  }),
  createRoute({
    ...under,
    path: '/benchmarks/$benchmark/submit',
    component: lazyRouteComponent(() => import('./pages/submit/submit-page.tsx'), 'SubmitPage'),
  }),
  createRoute({
    ...under,
    path: '/submissions/$submission',
    component: lazyRouteComponent(() => import('./pages/submission/submission-page.tsx'), 'SubmissionPage'),
  }),
  createRoute({
    ...under,
    path: '/records',
    component: lazyRouteComponent(() => import('./pages/records/records-page.tsx'), 'RecordsPage'),
  }),
  createRoute({
    ...under,
    path: '/records/$record',
    component: lazyRouteComponent(() => import('./pages/record/record-page.tsx'), 'RecordPage'),
  }),
  createRoute({
    ...under,
    path: '/prove/log',
    component: lazyRouteComponent(() => import('./pages/log/log-page.tsx'), 'LogPage'),
  }),
  createRoute({
    ...under,
    path: '/serve',
    component: lazyRouteComponent(() => import('./pages/serve/serve-page.tsx'), 'ServePage'),
  }),
  createRoute({
    ...under,
    path: '/repeat',
    component: lazyRouteComponent(() => import('./pages/repeat/repeat-page.tsx'), 'RepeatPage'),
  }),
  ...threatRoutes(root),
]

export function consoleRouter(history: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren(pages),
    history,
    scrollRestoration: true,
    defaultPreload: 'intent',
    // What was filled in or chosen on the page of one thing is not carried to the page of the next.
    defaultRemountDeps: ({ params }) => params,
  })
}
