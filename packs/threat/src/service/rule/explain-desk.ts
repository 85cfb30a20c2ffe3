import type { RuleExplanation } from '@dengta/sdk'
import { type EventFault, oneEvent } from '../../detect/one-event.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { explainApart } from './explain-client.ts'
import type { RuleBook } from './rule-book.ts'
import { ruleEntry } from './rule-list.ts'

/** Why one event fires a rule or not. */
export interface ExplainDesk {
  /**
   * `text` is one JSON object; nothing of it is kept. Throws `threat.not_an_event`, `.missing`, `.not_explainable`,
   * `.rules_changed`, `.explain_busy`, `.explain_failed` or `.no_rules`.
   */
  explain(id: string, text: string): Promise<RuleExplanation>
}

/** Each takes a thread and, for a while, the memory of all rule texts: one at a time. */
const MOST_WAITING = 5

export function explainDesk({
  store,
  rules,
}: Pick<ThreatContext, 'store'> & { readonly rules: RuleBook }): ExplainDesk {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING) throw threatErrors.explain_busy({ waiting })
    waiting += 1
    const done = last.then(work).finally(() => {
      waiting -= 1
    })
    last = done.catch(() => undefined)
    return done
  }
  return {
    explain: async (id, text) => {
      const event = eventOf(text)
      const { hash } = await rules.current()
      const { kind, file } = await ruleEntry({ store }, id)
      if (kind === 'correlation') throw threatErrors.not_explainable({ id })
      const task = { source: rules.chosen.source, hash, id, file, event }
      const answer = await inTurn(() => explainApart(task))
      if ('changed' in answer) throw threatErrors.rules_changed()
      return answer.explanation
    },
  }
}

const FAULTS: Readonly<Record<EventFault, { readonly why: string; readonly whyZh: string }>> = {
  not_json: { why: 'it is not valid JSON', whyZh: '不是有效的 JSON' },
  not_an_object: { why: 'it is not a JSON object', whyZh: '不是 JSON 对象' },
  too_deep: { why: 'it is nested deeper than 64 levels', whyZh: '嵌套超过 64 层' },
}

function eventOf(text: string): object {
  const read = oneEvent(text)
  if ('fault' in read) throw threatErrors.not_an_event(FAULTS[read.fault])
  return read.event
}
