export type Architecture = 'x64' | 'arm64'

/** Numbers of system calls on x86-64 and on 64-bit ARM; `undefined` where the architecture has no such call. */
export type SyscallNumbers = readonly [x64: number | undefined, arm64: number | undefined]

/** What a job may not ask of the kernel, by what it would reach. Numbers: Linux `unistd_64.h` and `asm-generic/unistd.h`. */
export const FORBIDDEN_SYSCALLS = {
  // the network, and handing open files to other processes
  socket: [41, 198],
  socketpair: [53, 199],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  accept: [43, 202],
  accept4: [288, 242],
  sendto: [44, 206],
  sendmsg: [46, 211],
  sendmmsg: [307, 269],
  // other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  // namespaces and mounts
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  move_mount: [429, 429],
  open_tree: [428, 428],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  fanotify_init: [300, 262],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  swapon: [167, 224],
  swapoff: [168, 225],
  open_by_handle_at: [304, 265],
  name_to_handle_at: [303, 264],
  mknod: [133, undefined],
  mknodat: [259, 33],
  // the parts of the kernel with the longest record of holes
  bpf: [321, 280],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  vmsplice: [278, 75],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  // keys and System V objects
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  shmget: [29, 194],
  shmat: [30, 196],
  shmctl: [31, 195],
  msgget: [68, 186],
  semget: [64, 190],
  mq_open: [240, 180],
  // the machine itself
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  acct: [163, 89],
  syslog: [103, 116],
  vhangup: [153, 58],
  personality: [135, 92],
  iopl: [172, undefined],
  ioperm: [173, undefined],
  modify_ldt: [154, undefined],
  uselib: [134, undefined],
  nfsservctl: [180, 42],
  lookup_dcookie: [212, 18],
} as const satisfies Record<string, SyscallNumbers>

export type ForbiddenSyscall = keyof typeof FORBIDDEN_SYSCALLS

/** `clone` is looked at by its flags; `clone3` hides them in memory, so it does not exist here and libc falls back. */
export const CLONE: SyscallNumbers = [56, 220]
export const CLONE3: SyscallNumbers = [435, 435]

export function syscallNumber(numbers: SyscallNumbers, architecture: Architecture): number | undefined {
  return numbers[architecture === 'x64' ? 0 : 1]
}
