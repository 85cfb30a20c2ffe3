import { benchmarkCalls } from './benchmark-calls.ts'
import { computeCalls } from './compute-calls.ts'
import { houseCalls } from './house-calls.ts'
import { recordCalls } from './record-calls.ts'
import { scenarioCalls } from './scenario-calls.ts'
import { submissionCalls } from './submission-calls.ts'
import { threatCalls } from './threat-calls.ts'
import { type ClientOptions, httpTransport } from './transport.ts'

export type Client = ReturnType<typeof createClient>

/** Every operation of the server as one function. Answers fit their schema, or the call throws ApiError. */
export function createClient(options: ClientOptions) {
  const transport = httpTransport(options)
  return {
    ...houseCalls(transport),
    ...scenarioCalls(transport),
    ...benchmarkCalls(transport),
    ...submissionCalls(transport),
    ...computeCalls(transport),
    ...threatCalls(transport),
    ...recordCalls(transport),
  }
}
