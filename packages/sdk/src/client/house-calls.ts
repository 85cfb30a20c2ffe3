import {
  health,
  issuedToken,
  me,
  type NewParticipant,
  participantList,
  participantView,
  programme,
} from '../api/house.ts'
import { path, type Transport } from './transport.ts'

/** The house itself: its health, its first page, who takes part. */
export function houseCalls({ parsed, raw }: Transport) {
  return {
    getHealth: () => parsed({ path: '/health' }, health),
    getProgramme: () => parsed({ path: '/programme' }, programme),
    /** Throws 401 without a token. */
    getMe: () => parsed({ path: '/me' }, me),
    listParticipants: () => parsed({ path: '/participants' }, participantList).then((list) => list.participants),
    addParticipant: (json: NewParticipant) => parsed({ method: 'POST', path: '/participants', json }, participantView),
    /** The token is in this answer and nowhere else. */
    issueToken: (id: string) =>
      parsed({ method: 'POST', path: path('/participants/:id/tokens', { id }), json: {} }, issuedToken),
    revokeToken: async (id: string): Promise<void> => {
      await raw({ method: 'DELETE', path: path('/tokens/:id', { id }) })
    },
  }
}
