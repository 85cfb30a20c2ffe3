import { defineErrors } from '@dengta/kernel'

export const storeErrors = defineErrors('store', {
  kept_in_postgres: {
    kind: 'conflict',
    en: 'the data folder {home} belongs to a PostgreSQL database; set DATABASE_URL to it, or choose another folder',
    zh: '数据目录 {home} 使用 PostgreSQL 数据库；请设置相应的 DATABASE_URL，或另选目录',
  },
  kept_in_folder: {
    kind: 'conflict',
    en: 'the data folder {home} holds an embedded database of its own; unset DATABASE_URL, or choose another folder',
    zh: '数据目录 {home} 已有内置数据库；请取消 DATABASE_URL，或另选目录',
  },
  other_database: {
    kind: 'conflict',
    en: 'the data folder {home} belongs to another database than this one; set DATABASE_URL to its own, or choose another folder. Where its database is lost or was restored from before it had a name, restore folder and database from one backup, or remove {home}/database.name',
    zh: '数据目录 {home} 属于另一个数据库；请将 DATABASE_URL 指向原数据库，或另选目录。若原数据库已丢失，或恢复自尚无名称的旧备份，请用同一备份恢复目录与数据库，或删除 {home}/database.name',
  },
  locked: {
    kind: 'conflict',
    en: 'the data folder {home} is in use by another server (process {pid}); stop that server or choose another folder',
    zh: '数据目录 {home} 正被另一个服务进程（进程号 {pid}）使用；请先停止该进程，或换一个目录',
  },
  database_in_use: {
    kind: 'conflict',
    en: 'another Dengta server is working on this PostgreSQL database; stop it or set DATABASE_URL to another database',
    zh: '另一个灯塔服务正在使用这个 PostgreSQL 数据库；请先停止它，或在 DATABASE_URL 中换一个数据库',
  },
  not_built: {
    kind: 'unavailable',
    en: 'the program {file} is missing; run `npm run build` first',
    zh: '缺少程序文件 {file}；请先运行 `npm run build`',
  },
  create_failed: {
    kind: 'unavailable',
    en: 'the database could not be created in {home}: {reason}; check free space and permissions, then start again',
    zh: '无法在 {home} 中创建数据库：{reason}；请检查磁盘空间和权限后重新启动',
  },
  database_broken: {
    kind: 'unavailable',
    en: 'the database in {folder} did not open: {reason}; keep the folder and restore from a backup',
    zh: '{folder} 中的数据库无法打开：{reason}；请保留该目录，并从备份恢复',
  },
  database_stopped: {
    kind: 'unavailable',
    en: 'the database stopped ({reason}); nothing that was confirmed is lost, restart the server',
    zh: '数据库已停止（{reason}）；已确认写入的内容不会丢失，请重启服务',
  },
  busy: {
    kind: 'unavailable',
    en: 'the database was busy for {seconds} s; try again, and look for long transactions if it stays so',
    zh: '数据库连续繁忙 {seconds} 秒；请稍后重试，若持续出现，请检查是否有长事务',
  },
  outside_transaction: {
    kind: 'conflict',
    en: 'inside a transaction only its own handle may be used: pass `tx` on instead of the store',
    zh: '在事务中只能使用事务自己的句柄：请把 `tx` 传下去，不要使用 store',
  },
  enqueue_needs_transaction: {
    kind: 'conflict',
    en: 'a job can be enqueued only inside `store.transaction()`',
    zh: '只能在 `store.transaction()` 内部加入后台任务',
  },
  postgres_unreachable: {
    kind: 'unavailable',
    en: 'PostgreSQL at {host} does not answer ({reason}); check DATABASE_URL and that the server runs',
    zh: '无法连接 {host} 上的 PostgreSQL（{reason}）；请检查 DATABASE_URL 以及数据库服务是否在运行',
  },
  postgres_too_old: {
    kind: 'unavailable',
    en: 'PostgreSQL {version} is too old; version {needed} or later is needed',
    zh: 'PostgreSQL {version} 版本过低；需要 {needed} 或更高版本',
  },
  migration_changed: {
    kind: 'conflict',
    en: 'the migration {id} was changed after it had been applied; restore its text and add a new step instead',
    zh: '迁移步骤 {id} 在执行之后被改动；请恢复原文，改为新增一个步骤',
  },
  migration_unknown: {
    kind: 'conflict',
    en: 'this database holds the step {id} of a newer Dengta; start it with that version',
    zh: '该数据库包含更新版本灯塔的迁移步骤 {id}；请用对应的新版本启动',
  },
  migration_failed: {
    kind: 'unavailable',
    en: 'the migration {id} failed and was undone: {reason}',
    zh: '迁移步骤 {id} 执行失败，已撤销：{reason}',
  },
  blob_missing: {
    kind: 'not_found',
    en: 'there is no file with the digest {digest}; upload it again',
    zh: '没有摘要为 {digest} 的文件；请重新上传',
  },
  blob_damaged: {
    kind: 'unavailable',
    en: 'the stored file {digest} does not match its digest: the disk has damaged it; restore it from a backup or upload it again',
    zh: '已存文件 {digest} 与其摘要不符，可能是磁盘损坏；请从备份恢复或重新上传',
  },
  blob_too_large: {
    kind: 'limit',
    en: 'the file is larger than the {maxBytes} bytes allowed here; nothing was kept',
    zh: '文件超过此处允许的 {maxBytes} 字节；未保留任何内容',
  },
  job_crashed: {
    kind: 'unavailable',
    en: 'the job was running at {crashes} crashes of the server and is parked; look for what it did in the server log',
    zh: '该后台任务在服务 {crashes} 次崩溃时都在运行，已搁置；请查看服务日志了解原因',
  },
})
