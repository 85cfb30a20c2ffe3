import type { Client, ReplayView, TicketActionBody } from '@dengta/sdk'
import type { Terminal } from '../terminal.ts'

/**
 * What an analyst does with the first incident of a replay: takes its ticket, runs one response on the simulator with consent,
 * resolves and closes. Does nothing where the replay opened none.
 */
export async function handleIncident(
  client: Client,
  { incidents }: ReplayView,
  { progress, say }: Pick<Terminal, 'progress' | 'say'>,
): Promise<void> {
  const [first] = incidents
  if (first === undefined) return
  progress({ label: HANDLING, done: 95, total: 100 })
  const incident = await client.getIncident(first)
  const { ticket } = incident
  if (ticket === undefined) return
  const act = (action: TicketActionBody) => client.actOnTicket(ticket, action)
  await act({ kind: 'acknowledge' })
  await act({ kind: 'start' })
  for (let look = 0; look < incident.groups; look += 1) await act({ kind: 'look' })
  await blockAddress(client, incident.graph.nodes.find(({ kind }) => kind === 'address')?.name, {
    incident: first,
    ticket,
  })
  await act({ kind: 'resolve', resolution: say(CONTAINED) })
  await act({ kind: 'close' })
}

/** Blocking an address asks for an analyst's consent to exactly what is sent. */
async function blockAddress(
  client: Client,
  address: string | undefined,
  about: { incident: string; ticket: string },
): Promise<void> {
  const playbook = (await client.listPlaybooks()).find(({ inputs }) =>
    inputs.some(({ name }) => name === '__address__'),
  )
  if (address === undefined || playbook === undefined) return
  const run = await client.startRun({
    playbook: playbook.id,
    inputs: { __address__: address },
    reason: about.incident,
    ...about,
  })
  if (run.asks === 'approval' && run.work) await client.approveRun(run.id, run.work.digest)
}

const CONTAINED = { en: 'demonstration: contained on the simulator', zh: '演示：已在模拟器上遏制' }
const HANDLING = { en: 'handling the first incident on the simulator', zh: '正在模拟器上处置首个安全事件' }
