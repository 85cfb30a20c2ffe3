import type { GateView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'

/** What a gate was asked about; a benchmark and a submission lead to their own pages. */
export function GateSubject({ gate: { gate, about } }: { readonly gate: GateView }) {
  if (gate === 'G2') {
    return (
      <Link to="/benchmarks/$benchmark" params={{ benchmark: about }}>
        {about}
      </Link>
    )
  }
  if (gate === 'G3' && about.startsWith('sub_')) {
    return (
      <Link to="/submissions/$submission" params={{ submission: about }}>
        {about}
      </Link>
    )
  }
  return <code>{about}</code>
}
