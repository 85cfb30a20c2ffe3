export interface Few {
  readonly atOnce: number
  /** Works that may wait for their turn; who comes then is refused. */
  readonly waiting: number
  readonly refused: () => Error
}

/** Lets a few works run at once, and the others in the order in which they came. */
export function fewAtOnce({ atOnce, waiting, refused }: Few): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const queue: (() => void)[] = []
  const turn = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1
      return
    }
    if (queue.length >= waiting) throw refused()
    await new Promise<void>((resolve) => void queue.push(resolve))
  }
  return async (work) => {
    await turn()
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
