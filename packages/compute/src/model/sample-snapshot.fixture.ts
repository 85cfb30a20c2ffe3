/** A small day that a person could have written: two sites on one feeder, two chips, six jobs. */
export const SAMPLE_YAML = `
snapshot: sample-day
chips: [a100, npu]
classes:
  finetune:
    a100: [{watts: 343, speed: 1}, {watts: 286, speed: 0.9375}, {watts: 195, speed: 0.784}]
    npu: [{watts: 310, speed: 0.8}]
  pretrain:
    a100: [{watts: 382, speed: 1}, {watts: 291, speed: 0.86}, {watts: 196, speed: 0.62}]
participants:
  - {participant: lab, share: 2, usedChipHours: 10}
  - {participant: works, share: 1, usedChipHours: 90, quotaChipHours: 70}
feeders:
  - {feeder: region, limitKw: 12}
  - {feeder: park, parent: region, limitKw: 10}
sites:
  - site: north
    feeder: park
    pue: 1.2
    tariff:
      periods: {valley: 0.3, flat: 0.5, peak: 0.9}
      windows:
        - {from: '00:00', to: '08:00', period: valley}
        - {from: '08:00', to: '17:00', period: flat}
        - {from: '17:00', to: '24:00', period: peak}
      demandYuanPerKw: 1.5
      billedPeakKw: 2
    carbonKgPerKwh: 0.6
    envelopeKw:
      - {from: '00:00', to: '14:00', value: 6}
      - {from: '14:00', to: '17:00', value: 4.5}
      - {from: '17:00', to: '24:00', value: 6}
    reserveKw: 0.5
    rampKw: 4
    pools: [{chip: a100, count: 16}]
  - site: west
    feeder: region
    pue: 1.1
    tariff:
      periods: {all: 0.4}
      windows: [{from: '00:00', to: '24:00', period: all}]
    carbonKgPerKwh: 0.3
    envelopeKw: 8
    pools: [{chip: a100, count: 8}, {chip: npu, count: 16, trust: sealed}]
jobs:
  - {job: j1, participant: lab, class: finetune, chips: 8, hours: 4, release: '00:00', deadline: '12:00', tier: 2}
  - {job: j2, participant: lab, class: pretrain, chips: 8, hours: 6, release: '06:00', deadline: '22:00', tier: 3}
  - {job: j3, participant: works, class: finetune, chips: 4, hours: 2, release: '08:00', deadline: '11:00', tier: 0, sites: [north]}
  - {job: j4, participant: works, class: finetune, chips: 8, hours: 5, release: '09:00', deadline: '20:00', tier: 1, trust: [sealed], checkpoint: {everyMinutes: 30, costSeconds: 60}}
  - {job: j5, participant: lab, class: pretrain, chips: 12, hours: 3, release: '12:00', deadline: '24:00', tier: 3}
  - {job: j6, participant: works, class: finetune, chips: 1, hours: 0.5, release: '13:00', deadline: '16:00', tier: 1, before: {site: west, chip: a100}}
`
