import { type SubmitQuery, submissionList, submissionView } from '../api/benchmark.ts'
import { path, type Transport, type UploadBody } from './transport.ts'

/** Submissions: handed in, scored, run again. */
export function submissionCalls({ parsed }: Transport) {
  return {
    /** Answers at once with state `waiting`; ask `getSubmission` until it is `scored` or `refused`. */
    submitModel: (benchmark: string, query: SubmitQuery, upload: UploadBody) =>
      parsed(
        { method: 'POST', path: path('/benchmarks/:benchmark/submissions', { benchmark }), query, upload },
        submissionView,
      ),
    listSubmissions: (benchmark: string) =>
      parsed({ path: path('/benchmarks/:benchmark/submissions', { benchmark }) }, submissionList).then(
        (list) => list.submissions,
      ),
    getSubmission: (id: string) => parsed({ path: path('/submissions/:id', { id }) }, submissionView),
    /** Scores the same bytes again; the replay record says whether the result is the same. */
    replaySubmission: (id: string) =>
      parsed({ method: 'POST', path: path('/submissions/:id/replay', { id }), json: {} }, submissionView),
  }
}
