import { defineErrors } from '@dengta/kernel'

/** What can be wrong with a snapshot. `line` is the line of the file, `path` the way to the field. */
export const snapshotErrors = defineErrors('compute', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the file is neither YAML nor JSON: {problem}; correct the line and read the file again',
    zh: '第 {line} 行：文件不是有效的 YAML 或 JSON（{problem}）；请改正后重新读取',
  },
  field: { kind: 'invalid', en: 'line {line}, {path}: {problem}', zh: '第 {line} 行，{path}：{problemZh}' },
  too_many_jobs: {
    kind: 'invalid',
    en: 'line {line}, {path}: the file lists {count} jobs, and a day holds {most} at most; split it into several days, or join small jobs of one kind',
    zh: '第 {line} 行，{path}：文件列出 {count} 个作业，而一个排程日最多 {most} 个；请拆分为多个排程日，或合并同类小作业',
  },
  too_many_places: {
    kind: 'invalid',
    en: 'line {line}, {path}: {places} sites, pools and feeders over {slots} slots; a day holds {most} at most over so many slots, so split it, or use longer slots',
    zh: '第 {line} 行，{path}：共 {places} 个站点、资源池和馈线，{slots} 个时隙；在此时隙数下一个排程日最多 {most} 个，请拆分排程日或加长时隙',
  },
  negative_power: {
    kind: 'invalid',
    en: 'line {line}, {path}: a power of {value} is below zero; give kilowatts (watts for a chip) of zero or more',
    zh: '第 {line} 行，{path}：功率 {value} 小于零；请填写不小于零的数值（站点用千瓦，芯片用瓦）',
  },
  reserved_name: {
    kind: 'invalid',
    en: 'line {line}, {path}: the name {name} is reserved; choose another',
    zh: '第 {line} 行，{path}：名称 {name} 为保留名称；请改用其他名称',
  },
  unseen_character: {
    kind: 'invalid',
    en: 'line {line}, {path}: this text holds a control character, one that turns the direction of writing, or half a character; type it anew',
    zh: '第 {line} 行，{path}：文本中含有控制字符、改变书写方向的字符或不完整的字符；请重新输入',
  },
  no_whole_slot: {
    kind: 'invalid',
    en: 'line {line}, {path}: no whole slot of the horizon lies between release and deadline of the job {name}; widen them, or lengthen the horizon',
    zh: '第 {line} 行，{path}：作业 {name} 的可开始时间与截止时间之间没有完整的时隙；请放宽时间或延长计划期',
  },
  pue_below_one: {
    kind: 'invalid',
    en: 'line {line}, {path}: a PUE of {value} is below 1; a site cannot use less than its chips',
    zh: '第 {line} 行，{path}：PUE 为 {value}，小于 1；站点总用电不可能低于芯片用电',
  },
  overlapping_slots: {
    kind: 'invalid',
    en: 'line {line}, {path}: this window overlaps another at {time}; let each slot belong to one window',
    zh: '第 {line} 行，{path}：该时段与另一时段在 {time} 重叠；每个时隙只能属于一个时段',
  },
  uncovered_slots: {
    kind: 'invalid',
    en: 'line {line}, {path}: no window covers {time}; let the windows cover the whole horizon',
    zh: '第 {line} 行，{path}：{time} 没有任何时段覆盖；请让时段覆盖整个计划期',
  },
  tariff_form: {
    kind: 'invalid',
    en: 'line {line}, {path}: a tariff states either `windows`, or `area` and `month`',
    zh: '第 {line} 行，{path}：电价须填写 `windows`，或者填写 `area` 与 `month`，两者择一',
  },
  unknown_area: {
    kind: 'invalid',
    en: 'line {line}, {path}: no time-of-use windows are known for the area {area}; known: {known}; for others state `windows`',
    zh: '第 {line} 行，{path}：没有地区 {area} 的分时时段；已有：{known}；其他地区请填写 `windows`',
  },
  area_month: {
    kind: 'invalid',
    en: 'line {line}, {path}: the windows of {area} were not published without gaps for month {month}; state `windows`',
    zh: '第 {line} 行，{path}：{area} {month} 月公布的分时时段不完整；请填写 `windows`',
  },
  area_slots: {
    kind: 'invalid',
    en: 'line {line}, {path}: a period of {area} begins at {time}, inside a slot of {minutes} minutes; use slots of 15 minutes, or state `windows`',
    zh: '第 {line} 行，{path}：{area} 有时段从 {time} 开始，落在 {minutes} 分钟的时隙之内；请改用 15 分钟的时隙，或填写 `windows`',
  },
  band_order: {
    kind: 'invalid',
    en: 'line {line}, {path}: at {time} the expected power is below the low edge or above the high one; order them lowKw, expectedKw, highKw',
    zh: '第 {line} 行，{path}：{time} 的期望功率低于下沿或高于上沿；请保证 lowKw ≤ expectedKw ≤ highKw',
  },
  window_order: {
    kind: 'invalid',
    en: 'line {line}, {path}: a window must end after it begins and lie inside the horizon, on slot borders',
    zh: '第 {line} 行，{path}：时段的结束须晚于开始，位于计划期内，并落在时隙边界上',
  },
  series_length: {
    kind: 'invalid',
    en: 'line {line}, {path}: {count} values for {slots} slots; give one value a slot, one for all, or windows',
    zh: '第 {line} 行，{path}：{slots} 个时隙却给了 {count} 个数值；请每个时隙一个值、统一一个值，或使用时段',
  },
  unknown_period: {
    kind: 'invalid',
    en: 'line {line}, {path}: the tariff has no price for the period {name}; add it under `periods`',
    zh: '第 {line} 行，{path}：电价表中没有时段 {name} 的价格；请在 `periods` 中补充',
  },
  repeated_name: {
    kind: 'invalid',
    en: 'line {line}, {path}: the name {name} stands here twice; rename or remove one',
    zh: '第 {line} 行，{path}：名称 {name} 重复；请改名或删除其一',
  },
  unknown_chip: {
    kind: 'invalid',
    en: 'line {line}, {path}: the chip {name} is not listed under `chips`; add it there or correct the name',
    zh: '第 {line} 行，{path}：芯片 {name} 未列在 `chips` 中；请补充或改正名称',
  },
  unknown_feeder: {
    kind: 'invalid',
    en: 'line {line}, {path}: there is no feeder {name}; add it under `feeders` or correct the name',
    zh: '第 {line} 行，{path}：没有馈线 {name}；请在 `feeders` 中补充或改正名称',
  },
  cyclic_feeders: {
    kind: 'invalid',
    en: 'line {line}, {path}: the feeder {name} hangs below itself; feeders form a tree, so remove one `parent`',
    zh: '第 {line} 行，{path}：馈线 {name} 位于自身之下；馈线必须成树，请去掉其中一个 `parent`',
  },
  unknown_site: {
    kind: 'invalid',
    en: 'line {line}, {path}: there is no site {name}; correct the name',
    zh: '第 {line} 行，{path}：没有站点 {name}；请改正名称',
  },
  unknown_participant: {
    kind: 'invalid',
    en: 'line {line}, {path}: there is no participant {name}; add it under `participants`',
    zh: '第 {line} 行，{path}：没有参与方 {name}；请在 `participants` 中补充',
  },
  unknown_class: {
    kind: 'invalid',
    en: 'line {line}, {path}: the workload class {name} has no curve; add it under `classes`',
    zh: '第 {line} 行，{path}：负载类别 {name} 没有功率曲线；请在 `classes` 中补充',
  },
  gang_not_smaller: {
    kind: 'invalid',
    en: 'line {line}, {path}: the job {name} holds {own} chips, and a gang of {chips} is not smaller; list only gangs of fewer chips, each once',
    zh: '第 {line} 行，{path}：作业 {name} 本身使用 {own} 片芯片，{chips} 片并未缩小；请只列出芯片数更少的规模，每种一次',
  },
  gang_repeated: {
    kind: 'invalid',
    en: 'line {line}, {path}: the job {name} lists a gang of {chips} chips twice; keep one speed for it',
    zh: '第 {line} 行，{path}：作业 {name} 重复列出 {chips} 片芯片的规模；请只保留一个速度',
  },
  gang_speeds_up: {
    kind: 'invalid',
    en: 'line {line}, {path}: the job {name} would run faster on {chips} chips than on a larger gang; correct the speeds, or leave out the larger gang',
    zh: '第 {line} 行，{path}：作业 {name} 在 {chips} 片芯片上比更大规模还快；请改正速度，或去掉较大的规模',
  },
  gang_fits_nowhere: {
    kind: 'invalid',
    en: 'line {line}, {path}: no pool that the job {name} may use can hold a gang of {chips} chips; above one node a gang takes whole nodes, so give a multiple of the node size',
    zh: '第 {line} 行，{path}：作业 {name} 可用的资源池都无法容纳 {chips} 片芯片的规模；超过一个节点时须占用整节点，请填写节点芯片数的整数倍',
  },
  deadline_before_release: {
    kind: 'invalid',
    en: 'line {line}, {path}: the job {name} must end before it may begin; move its deadline or its release',
    zh: '第 {line} 行，{path}：作业 {name} 的截止时间不晚于可开始时间；请调整其一',
  },
})
