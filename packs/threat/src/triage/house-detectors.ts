/** What watches of the house are called; no network that models were learnt from so far had them. */
export const VOLUME_DETECTOR = 'volume'
export const HOUSE_DETECTORS: ReadonlySet<string> = new Set([VOLUME_DETECTOR])
