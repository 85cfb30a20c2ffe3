import type { SeenAlert } from '../../group/seen-alert.ts'
import { fieldView } from '../../match/field-view.ts'
import { leavesOf } from '../../normalise/leaves.ts'
import { entitiesOf } from '../../pipeline/event-entities.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { detectorOf } from '../../triage/detector-tag.ts'
import { wellFormed } from '../storable.ts'

/**
 * An alert of the pipeline as grouping and triage see it. One without a host goes by the stream that it came from. What is
 * decided of it goes on record, so its words are well-formed.
 */
export function seenAlertOf({ id, rule, event, eventMs, file, entities }: PipelineAlert): SeenAlert {
  const named = entities ?? entitiesOf(fieldView(leavesOf(event), undefined))
  const { host = file, account, process, addresses } = named
  const [signature, level, detector] = [rule.title, rule.level, detectorOf(rule.tags)].map(wellFormed) as Words
  return {
    ...{ id, time: eventMs, signature, level, detector, host: wellFormed(host) },
    ...{ techniques: techniquesOfTags(rule.tags), addresses: addresses.map(wellFormed) },
    ...(account === undefined ? {} : { account: wellFormed(account) }),
    ...(process === undefined ? {} : { process: wellFormed(process) }),
  }
}

type Words = [signature: string, level: string, detector: string]

/** `attack.t1059.001` is T1059.001. */
export function techniquesOfTags(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => (/^attack\.t\d{4}(?:\.\d{3})?$/i.test(tag) ? [tag.slice(7).toUpperCase()] : []))
}
