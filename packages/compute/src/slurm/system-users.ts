import { readFile } from 'node:fs/promises'

export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** The users of this machine by name, from /etc/passwd. */
export async function systemUsers(): Promise<ReadonlyMap<string, SystemUser>> {
  const users = new Map<string, SystemUser>()
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) users.set(name, { uid: Number(uid), gid: Number(gid) })
  }
  return users
}
