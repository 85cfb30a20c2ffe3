/**
 * The folder of this process's own control group. `controller` names a hierarchy of version 1, `undefined` the one of
 * version 2. Texts are those of /proc/self/mountinfo and /proc/self/cgroup (cgroups(7)). Inside a container the
 * path of the group may lie above the mount; then the mount point itself is our group.
 */
export function ownGroup(
  mountinfo: string,
  cgroup: string,
  controller: string | undefined,
  exists: (folder: string) => boolean,
): string | undefined {
  const mount = mountPoint(mountinfo, controller)
  const path = groupPath(cgroup, controller)
  if (mount === undefined || path === undefined) return undefined
  const folder = `${mount}${path}`.replace(/\/$/, '')
  return exists(`${folder}/cgroup.procs`) ? folder : mount
}

/** mountinfo: `id parent dev root mountpoint options... - type source superoptions`. */
function mountPoint(mountinfo: string, controller: string | undefined): string | undefined {
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ')
    const [type, , options] = (after ?? '').split(' ')
    const fits =
      controller === undefined ? type === 'cgroup2' : type === 'cgroup' && options?.split(',').includes(controller)
    if (fits) return before?.split(' ')[4]
  }
  return undefined
}

/** cgroup: `number:controllers:path`; version 2 has no controllers. */
function groupPath(cgroup: string, controller: string | undefined): string | undefined {
  for (const line of cgroup.split('\n')) {
    const [, controllers = '', ...path] = line.split(':')
    const fits = controller === undefined ? line.startsWith('0::') : controllers.split(',').includes(controller)
    if (fits) return path.join(':')
  }
  return undefined
}
