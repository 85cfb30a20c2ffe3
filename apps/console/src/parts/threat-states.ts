import { type RunStatusName, runStatus, type TicketStateName, ticketState } from '@dengta/sdk'

/** An incident hands states over as plain text: a newer server may know more of them. */
export const isRunStatus = (status: string): status is RunStatusName => runStatus.safeParse(status).success

export const isTicketState = (state: string): state is TicketStateName => ticketState.safeParse(state).success
