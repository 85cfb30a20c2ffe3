import type { SeenAlert } from '../../group/seen-alert.ts'
import { fieldView } from '../../match/field-view.ts'
import { leavesOf } from '../../normalise/leaves.ts'
import { entitiesOf } from '../../pipeline/event-entities.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'

/** An alert of the pipeline as grouping and triage see it. One without a host goes by the stream that it came from. */
export function seenAlertOf({ id, rule, event, eventMs, file, entities }: PipelineAlert): SeenAlert {
  const { host = file, ...others } = entities ?? entitiesOf(fieldView(leavesOf(event), undefined))
  return {
    ...{ id, time: eventMs, signature: rule.title, level: rule.level, detector: detectorOf(rule.tags) },
    host,
    techniques: techniquesOfTags(rule.tags),
    ...others,
  }
}

/** `attack.t1059.001` is T1059.001. */
export function techniquesOfTags(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => (/^attack\.t\d{4}(?:\.\d{3})?$/i.test(tag) ? [tag.slice(7).toUpperCase()] : []))
}

const DETECTOR = 'detector.'
export const detectorTag = (name: string): string => `${DETECTOR}${name}`

/** Alerts of foreign detectors carry their name as a tag; all others are ours. */
export function detectorOf(tags: readonly string[]): string {
  return tags.find((tag) => tag.startsWith(DETECTOR))?.slice(DETECTOR.length) ?? 'sigma'
}
