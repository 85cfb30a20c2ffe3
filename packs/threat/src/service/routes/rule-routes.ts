import { type Caller, type Route, route } from '@dengta/kernel'
import {
  coverageView,
  filterDraft,
  type ReloadView,
  reloadView,
  ruleDetail,
  ruleExplanation,
  rulePage,
  ruleQuery,
  ruleSetView,
} from '@dengta/sdk'
import type { CostDesk } from '../rule/cost-desk.ts'
import type { ExplainDesk } from '../rule/explain-desk.ts'
import type { RuleBook } from '../rule/rule-book.ts'
import { ACT, bodyText, byId, LOOK, nothing, signedIn } from './route-words.ts'

/** Events beyond this have no place in a box that people paste into. */
const MAX_EVENT = 1024 * 1024

interface RuleRouteParts {
  readonly rules: RuleBook
  readonly costs: CostDesk
  readonly explaining: ExplainDesk
  readonly reload: (caller: Caller) => Promise<ReloadView>
}

/** Rules with hits and cost, what they cover, and why they fire. */
export function ruleRoutes({ rules, costs, explaining, reload }: RuleRouteParts): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/rule-set', allow: LOOK },
      summary: { en: 'The rule set in force, and every refused document', zh: '生效的规则集及全部被拒文档' },
      answer: ruleSetView,
      handle: () => rules.current(),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/rules', allow: LOOK },
      summary: { en: 'Rules with their hits', zh: '规则及其命中数' },
      ...{ query: ruleQuery, answer: rulePage },
      handle: ({ query }) => rules.list(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/rules/:id', allow: LOOK },
      summary: { en: 'One rule', zh: '单条规则' },
      ...{ params: byId, answer: ruleDetail },
      handle: ({ params }) => rules.get(params.id),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/rules/:id/filter', allow: LOOK },
      summary: {
        en: 'A Sigma filter of what alerts judged benign have in common and no attack has; nothing is changed',
        zh: '依据人工结论起草 Sigma 过滤规则：排除良性告警共有而攻击告警没有的取值；不作任何更改',
      },
      ...{ params: byId, answer: filterDraft },
      handle: ({ params }) => rules.filter(params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/rules/:id/explain', allow: LOOK },
      summary: {
        en: 'Why one event fires the rule or not: the event is the body, one JSON object; nothing is kept',
        zh: '解释某条事件是否命中该规则：请求体为一个 JSON 对象，不保存',
      },
      ...{ params: byId, body: 'stream' as const, maxBytes: MAX_EVENT, answer: ruleExplanation },
      handle: async ({ params, body }) => explaining.explain(params.id, await bodyText(body)),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/rules/:id/lift', allow: ACT },
      summary: { en: 'Evaluate a rule in quarantine again', zh: '解除规则隔离，恢复执行' },
      ...{ params: byId, body: nothing, answer: ruleDetail },
      handle: async ({ caller, params }) => {
        await rules.get(params.id)
        await costs.lift(signedIn(caller), params.id)
        return rules.get(params.id)
      },
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/coverage', allow: LOOK },
      summary: { en: 'Rules on the ATT&CK matrix', zh: '规则在 ATT&CK 矩阵上的覆盖' },
      answer: coverageView,
      handle: () => rules.coverage(),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/rule-set/reload', allow: ACT },
      summary: { en: 'Read the configured rules again', zh: '重新加载已配置的规则' },
      ...{ body: nothing, answer: reloadView },
      handle: ({ caller }) => reload(signedIn(caller)),
    }),
  ]
}
