import { Link } from '@tanstack/react-router'

export function PlanLink({ id }: { readonly id: string }) {
  return (
    <Link to="/run/plans/$plan" params={{ plan: id }}>
      {id}
    </Link>
  )
}
