/** Fewer other clients say nothing about what is usual for a domain. */
const FEWEST_PEERS = 5
/** 1.4826 makes the median of the deviations a standard deviation of normal data (Rousseeuw and Croux, JASA 1993). */
const DEVIATIONS = 6 * 1.4826
/** Deviations of peers that all do the same are taken as at least this part of their median. */
const LEAST_PART = 0.25

/** What a client may usually send to a domain, from what the others send in the same day; undefined where too few do. */
export function usualVolume(peers: Float64Array): number | undefined {
  if (peers.length < FEWEST_PEERS) return undefined
  const middle = median(peers)
  const spread = median(peers.map((each) => Math.abs(each - middle)))
  return middle + DEVIATIONS * Math.max(spread, (LEAST_PART * middle) / 1.4826)
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  const half = sorted.length >> 1
  const upper = sorted[half] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2
}
