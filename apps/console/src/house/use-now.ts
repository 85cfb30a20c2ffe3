import { useEffect, useState } from 'react'

const AGAIN_MS = 30_000

/** The time of the reader, looked at every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
