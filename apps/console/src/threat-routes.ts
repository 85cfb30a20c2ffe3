import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const AT = '/serve/threat'

/** The pages of threat response, each loaded when it is asked for. */
export function threatRoutes(root: AnyRoute) {
  const under = { getParentRoute: () => root } as const
  return [
    createRoute({
      ...under,
      path: AT,
      component: lazyRouteComponent(() => import('./pages/threat-flow/flow-page.tsx'), 'FlowPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/alerts/$alert`,
      component: lazyRouteComponent(() => import('./pages/threat-alert/alert-page.tsx'), 'AlertPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/incidents`,
      component: lazyRouteComponent(() => import('./pages/threat-incidents/incidents-page.tsx'), 'IncidentsPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/incidents/$incident`,
      component: lazyRouteComponent(() => import('./pages/threat-incident/incident-page.tsx'), 'IncidentPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/triage`,
      component: lazyRouteComponent(() => import('./pages/threat-triage/triage-page.tsx'), 'TriagePage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/risk`,
      component: lazyRouteComponent(() => import('./pages/threat-risk/risk-page.tsx'), 'RiskPage'),
    }),
    ...ruleRoutes(root),
    ...responseRoutes(root),
  ]
}

function ruleRoutes(root: AnyRoute) {
  const under = { getParentRoute: () => root } as const
  return [
    createRoute({
      ...under,
      path: `${AT}/rules`,
      component: lazyRouteComponent(() => import('./pages/threat-rules/rules-page.tsx'), 'RulesPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/rules/coverage`,
      component: lazyRouteComponent(() => import('./pages/threat-coverage/coverage-page.tsx'), 'CoveragePage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/rules/report`,
      component: lazyRouteComponent(() => import('./pages/threat-rules/report-page.tsx'), 'ReportPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/rules/$rule`,
      component: lazyRouteComponent(() => import('./pages/threat-rule/rule-page.tsx'), 'RulePage'),
    }),
  ]
}

function responseRoutes(root: AnyRoute) {
  const under = { getParentRoute: () => root } as const
  return [
    createRoute({
      ...under,
      path: `${AT}/playbooks`,
      component: lazyRouteComponent(() => import('./pages/threat-playbooks/playbooks-page.tsx'), 'PlaybooksPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/playbooks/$playbook`,
      component: lazyRouteComponent(() => import('./pages/threat-playbook/playbook-page.tsx'), 'PlaybookPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/runs`,
      component: lazyRouteComponent(() => import('./pages/threat-runs/runs-page.tsx'), 'RunsPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/runs/$run`,
      component: lazyRouteComponent(() => import('./pages/threat-run/run-page.tsx'), 'ThreatRunPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/actuators`,
      component: lazyRouteComponent(() => import('./pages/threat-actuators/actuators-page.tsx'), 'ActuatorsPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/tickets`,
      component: lazyRouteComponent(() => import('./pages/threat-tickets/tickets-page.tsx'), 'TicketsPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/tickets/times`,
      component: lazyRouteComponent(() => import('./pages/threat-tickets/times-page.tsx'), 'TimesPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/tickets/$ticket`,
      component: lazyRouteComponent(() => import('./pages/threat-ticket/ticket-page.tsx'), 'TicketPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/audit`,
      component: lazyRouteComponent(() => import('./pages/threat-audit/audit-page.tsx'), 'AuditPage'),
    }),
    createRoute({
      ...under,
      path: `${AT}/webhooks`,
      component: lazyRouteComponent(() => import('./pages/threat-webhooks/webhooks-page.tsx'), 'WebhooksPage'),
    }),
  ]
}
