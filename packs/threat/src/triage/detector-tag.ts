const DETECTOR = 'detector.'

export const detectorTag = (name: string): string => `${DETECTOR}${name}`

/** Alerts of foreign detectors carry their name as a tag; all others are ours. */
export function detectorOf(tags: readonly string[]): string {
  return tags.find((tag) => tag.startsWith(DETECTOR))?.slice(DETECTOR.length) ?? 'sigma'
}
