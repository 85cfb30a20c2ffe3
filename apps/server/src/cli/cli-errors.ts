import { defineErrors } from '@dengta/kernel'

/** What can be wrong before any command has begun, or with the files that it was given. */
export const cliErrors = defineErrors('cli', {
  as_with_token: {
    kind: 'invalid',
    en: '--as works only with the house on this machine; DENGTA_TOKEN already says who you are: leave out one of them',
    zh: '--as 只对本机系统有效；DENGTA_TOKEN 已表明您的身份，请去掉其中之一',
  },
  unreadable_file: {
    kind: 'invalid',
    en: '{path} cannot be read or written ({reason}); check the path',
    zh: '无法读写 {path}（{reason}）；请检查路径',
  },
  is_folder: { kind: 'invalid', en: 'the path names a folder; give a file', zh: '该路径是目录；请给出文件' },
  disk_full: {
    kind: 'unavailable',
    en: 'there is no room left on the disk, or its quota is used up; make room, then try again',
    zh: '磁盘空间或配额已用尽；请腾出空间后重试',
  },
})
