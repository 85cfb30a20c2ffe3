import { type Caller, type Route, route } from '@dengta/kernel'
import { coverageView, type ReloadView, reloadView, ruleDetail, rulePage, ruleQuery, ruleSetView } from '@dengta/sdk'
import type { RuleBook } from '../rule/rule-book.ts'
import { ACT, byId, LOOK, nothing, signedIn } from './route-words.ts'

interface RuleRouteParts {
  readonly rules: RuleBook
  readonly reload: (caller: Caller) => Promise<ReloadView>
}

/** Rules with hits, and what they cover. */
export function ruleRoutes({ rules, reload }: RuleRouteParts): readonly Route[] {
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
