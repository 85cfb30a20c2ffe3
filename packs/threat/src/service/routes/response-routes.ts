import { type Caller, type Route, route } from '@dengta/kernel'
import {
  approveRun,
  consentView,
  dryRunBody,
  dryRunView,
  newRun,
  playbookDetail,
  playbookLint,
  playbookList,
  type RunDetail,
  refuseRun,
  reportRun,
  runDetail,
  runList,
  runQuery,
} from '@dengta/sdk'
import type { PlaybookShelf } from '../playbook/playbook-shelf.ts'
import type { RunDesk } from '../run/run-desk.ts'
import { ACT, bodyText, byId, LOOK, nothing, signedIn } from './route-words.ts'

const MAX_PLAYBOOK = 8 * 1024 * 1024

interface ResponseRouteParts {
  readonly shelf: PlaybookShelf
  readonly runs: RunDesk
}

/** Playbooks and responses. */
export function responseRoutes({ shelf, runs }: ResponseRouteParts): readonly Route[] {
  return [...playbookRoutes(shelf), ...runRoutes(runs)]
}

function playbookRoutes(shelf: PlaybookShelf): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/playbooks', allow: LOOK },
      summary: { en: 'Playbooks', zh: '剧本列表' },
      answer: playbookList,
      handle: async () => ({ playbooks: [...(await shelf.list())] }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/playbooks', allow: ACT },
      summary: { en: 'Import a CACAO 2.0 playbook: JSON is the body', zh: '导入 CACAO 2.0 剧本：请求体为 JSON' },
      ...{ body: 'stream' as const, maxBytes: MAX_PLAYBOOK, answer: playbookDetail, status: 201 },
      handle: async ({ caller, body }) => shelf.bring(signedIn(caller), await bodyText(body)),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/playbooks/lint', allow: LOOK },
      summary: { en: 'All faults of a playbook; nothing is kept', zh: '检查剧本的全部问题，不保存' },
      ...{ body: 'stream' as const, maxBytes: MAX_PLAYBOOK, answer: playbookLint },
      handle: async ({ body }) => shelf.lint(await bodyText(body)),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/playbooks/:id', allow: LOOK },
      summary: { en: 'One playbook: graph, outline, faults', zh: '单个剧本：图、大纲与问题' },
      ...{ params: byId, answer: playbookDetail },
      handle: ({ params }) => shelf.get(params.id),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/playbooks/:id/file', allow: LOOK },
      summary: { en: 'The playbook as canonical CACAO 2.0', zh: '导出规范化的 CACAO 2.0 剧本' },
      ...{ params: byId, answer: 'raw' as const },
      handle: async ({ params }) => ({
        mediaType: 'application/json',
        fileName: `${params.id}.json`,
        body: await shelf.file(params.id),
      }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/playbooks/:id/dry-run', allow: LOOK },
      summary: { en: 'Everything it would send; nothing is sent', zh: '预演：列出将要发送的全部内容，不实际发送' },
      ...{ params: byId, body: dryRunBody, answer: dryRunView },
      handle: ({ params, body }) => shelf.dryRun(params.id, body),
    }),
  ]
}

function runRoutes(runs: RunDesk): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/api/v1/threat/runs', allow: ACT },
      summary: { en: 'Start a response', zh: '发起响应' },
      ...{ body: newRun, answer: runDetail, status: 201 },
      handle: ({ caller, body }) => runs.start(signedIn(caller), body),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/runs', allow: LOOK },
      summary: { en: 'Responses, newest first', zh: '响应列表（新的在前）' },
      ...{ query: runQuery, answer: runList },
      handle: async ({ query }) => ({ runs: [...(await runs.list(query))] }),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/runs/:id', allow: LOOK },
      summary: { en: 'One response with its journal', zh: '单个响应及其日志' },
      ...{ params: byId, answer: runDetail },
      handle: ({ caller, params }) => runs.get(signedIn(caller), params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/runs/:id/approve', allow: ACT },
      summary: {
        en: 'Consent to what a step will send; a refusal is an answer',
        zh: '批准步骤将要发送的内容；不予批准亦为答复',
      },
      ...{ params: byId, body: approveRun, answer: consentView },
      handle: ({ caller, params, body }) => runs.approve(signedIn(caller), params.id, body.digest),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/runs/:id/refuse', allow: ACT },
      summary: { en: 'Say no: the response is cancelled', zh: '拒绝：响应被取消' },
      ...{ params: byId, body: refuseRun, answer: runDetail },
      handle: ({ caller, params, body }) => runs.refuse(signedIn(caller), params.id, body.reason),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/runs/:id/report', allow: ACT },
      summary: {
        en: 'Word on work by hand, or on a command with a lost answer',
        zh: '报告人工操作结果，或确认答复丢失的命令',
      },
      ...{ params: byId, body: reportRun, answer: runDetail },
      handle: ({ caller, params, body }) => runs.report(signedIn(caller), params.id, body),
    }),
    simplePost('resume', { en: 'Carry on after a crash', zh: '崩溃后继续' }, (caller, id) => runs.resume(caller, id)),
    simplePost('undo', { en: 'Take back what it did', zh: '撤销已执行的操作' }, (caller, id) => runs.undo(caller, id)),
  ]
}

function simplePost(
  what: string,
  summary: Route['summary'],
  work: (caller: Caller, id: string) => Promise<RunDetail>,
): Route {
  return route({
    ...{ method: 'POST', path: `/api/v1/threat/runs/:id/${what}`, allow: ACT, summary },
    ...{ params: byId, body: nothing, answer: runDetail },
    handle: ({ caller, params }) => work(signedIn(caller), params.id),
  })
}
