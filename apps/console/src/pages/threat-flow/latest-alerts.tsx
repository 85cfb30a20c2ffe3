import { useHouse } from '../../house/use-house.ts'
import { AlertTable } from '../../parts/alert-table.tsx'
import { Loaded } from '../../parts/loaded.tsx'

/** The newest alerts, as they come. */
export function LatestAlerts() {
  const query = useHouse('listAlerts', [{ limit: 8 }], { again: () => 2000 })
  return <Loaded query={query}>{({ alerts }) => <AlertTable alerts={alerts} />}</Loaded>
}
