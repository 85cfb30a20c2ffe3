import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, ReplayView } from '@dengta/sdk'

/** Replays the pack's own sample to its end, so that its pages have something to show; says why where it fails. */
export async function replaySample(client: Client): Promise<ReplayView> {
  const { id } = await client.startReplay({ sample: true })
  for (let turn = 0; turn < 600; turn += 1) {
    const replay = await client.getReplay(id)
    if (replay.state === 'done') return replay
    if (replay.state === 'failed') throw new Error(replay.failure?.text.en ?? 'the replay failed')
    await sleep(200)
  }
  throw new Error('the replay did not end in two minutes')
}

/** Every page of threat response, those of a single thing with the first of its kind. */
export async function threatPagesOf(client: Client): Promise<Record<string, string>> {
  const at = '/serve/threat'
  const [incident] = (await client.listIncidents()).incidents
  const [rule] = (await client.listRules()).rules
  const [playbook] = await client.listPlaybooks()
  const [run] = await client.listRuns()
  const [ticket] = (await client.listTickets()).tickets
  return {
    flow: at,
    incidents: `${at}/incidents`,
    incident: `${at}/incidents/${incident!.id}`,
    triage: `${at}/triage`,
    risk: `${at}/risk`,
    rules: `${at}/rules`,
    rule: `${at}/rules/${rule!.id}`,
    coverage: `${at}/rules/coverage`,
    report: `${at}/rules/report`,
    playbooks: `${at}/playbooks`,
    playbook: `${at}/playbooks/${playbook!.id}`,
    runs: `${at}/runs`,
    run: `${at}/runs/${run!.id}`,
    tickets: `${at}/tickets`,
    ticket: `${at}/tickets/${ticket!.id}`,
    times: `${at}/tickets/times`,
    webhooks: `${at}/webhooks`,
    audit: `${at}/audit`,
  }
}
