import type { RunDetail } from '@dengta/sdk'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'

/** One deed on a run; its answer is the run from then on. */
export function useRunStep<V, A>(
  id: string,
  step: (value: V) => Promise<A>,
  runOf: (answer: A) => RunDetail,
): UseMutationResult<A, Error, V> {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: step,
    onSuccess: (answer) => cache.setQueryData(['getRun', id], runOf(answer)),
  })
}

export const itself = (run: RunDetail): RunDetail => run
