import { config } from 'zod'

// The server's content policy forbids eval. Schemas are made while modules load and would each try it first,
// which the browser reports as a violation; so this is said before any of them is loaded.
config({ jitless: true })
void import('./start.tsx')
