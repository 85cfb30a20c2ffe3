import { ROLES, type Route, route } from '@dengta/kernel'
import { me, newParticipant, type ParticipantView, participantList, participantView } from '@dengta/sdk'
import { dataspaceErrors } from '../errors.ts'
import { checkMayAppoint, type Participant } from './participant.ts'
import type { ParticipantService } from './participant-service.ts'

export function participantRoutes(service: ParticipantService): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/participants',
      allow: 'anyone',
      summary: { en: 'Who takes part', zh: '参与方列表' },
      answer: participantList,
      handle: async () => ({ participants: (await service.list()).map(viewOf) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/participants',
      allow: ['operator'],
      summary: { en: 'Register a participant with a new key', zh: '登记参与方并生成密钥' },
      body: newParticipant,
      answer: participantView,
      status: 201,
      handle: async ({ caller, body }) => {
        checkMayAppoint(caller, body.roles)
        return viewOf(await service.register(body))
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/me',
      allow: ROLES,
      summary: { en: 'Who I am', zh: '当前身份' },
      answer: me,
      handle: async ({ caller }) => {
        if (caller === undefined) throw dataspaceErrors.no_caller()
        return { participant: caller.participant, name: caller.name, roles: [...caller.roles] }
      },
    }),
  ]
}

function viewOf(participant: Participant): ParticipantView {
  return { ...participant, roles: [...participant.roles], joinedAt: participant.joinedAt.toISOString() }
}
