export type { Action, LevelChange, Victim } from './controller/action.ts'
export { type ControlStep, controlStep } from './controller/control-step.ts'
export { type Controller, type ControllerOptions, startController } from './controller/controller.ts'
export { controllerErrors } from './controller/controller-errors.ts'
export { fileJournal } from './controller/file-journal-store.ts'
export { type ControllerJournal, type JournalEntry, memoryJournal } from './controller/journal.ts'
export {
  type GridRequest,
  type LimitsOptions,
  limitsAt,
  type NodeLimit,
  type PowerLimits,
} from './controller/power-limits.ts'
export type { OverLimit } from './controller/power-tree.ts'
export type { StepOutcome, StepPorts } from './controller/run-step.ts'
export type { Seen } from './controller/seen.ts'
export { type Wanted, type WantedJob, type WantedOptions, wantedOf } from './controller/wanted.ts'
export * from './cut/cut.ts'
export * from './cut/event.ts'
export { chipsFreed, cutStates, type RunningJob } from './cut/running-job.ts'
export { dayErrors } from './day/day-errors.ts'
export type { EngineChoice } from './engine/engine.ts'
export { ENGINE_KINDS, type EngineKind, type EngineOptions, openEngine } from './engine/open-engine.ts'
export { engineFileErrors } from './executor/engine-file-errors.ts'
export * from './executor/executor.ts'
export { type MemoryEngineOptions, MemoryExecutor } from './executor/memory-executor.ts'
export { gridEventErrors } from './grid-event/grid-event-errors.ts'
export { rehearse } from './grid-event/rehearse.ts'
export { admissionPatches, type Verdict, type Workload } from './kubernetes/admission.ts'
export {
  type AdmissionController,
  type AdmissionOptions,
  startAdmissionController,
} from './kubernetes/admission-controller.ts'
export { type ConnectionPlan, inCluster, readKubeConfig } from './kubernetes/kube-config.ts'
export { type KubernetesClient, kubernetesClient } from './kubernetes/kubernetes-client.ts'
export { kubernetesErrors } from './kubernetes/kubernetes-errors.ts'
export { type KubernetesExecutorOptions, kubernetesExecutor } from './kubernetes/kubernetes-executor.ts'
export { localErrors } from './local/local-errors.ts'
export { type LocalExecutorOptions, openLocalExecutor } from './local/local-executor.ts'
export { withJobsTable } from './model/jobs-table.ts'
export { readSnapshot } from './model/read-snapshot.ts'
export * from './model/snapshot.ts'
export { snapshotErrors } from './model/snapshot-errors.ts'
export { type Terms, totalOf } from './model/terms.ts'
export { onlineErrors } from './online/online-errors.ts'
export type { OnlinePlan, OnlineState, Outage, Policy, Running } from './online/online-state.ts'
export { type ReplanEffort, replan, rollingReplan } from './online/replan.ts'
export {
  allocatedGpus,
  assign,
  type Cluster,
  emptyCluster,
  hasRoomFor,
  isShare,
  milliOf,
  type PackNode,
  type Pod,
} from './pack/cluster.ts'
export { typicalPods } from './pack/fragmentation.ts'
export { inflated } from './pack/inflate.ts'
export { mostGpus } from './pack/most-gpus.ts'
export { bestFitPacking, fragmentationGradient, type Score, spotFinder } from './pack/packer.ts'
export { plannedPacking } from './pack/planned-packing.ts'
export { planPools } from './pack/pool-plan.ts'
export { addedWatts, type PowerModel, peakWatts, restWatts } from './pack/power.ts'
export { type PowerOptions, powerPacking, type Supplies } from './pack/power-aware.ts'
export { powerSteering } from './pack/power-steering.ts'
export { checkPlan, type PlanCheck } from './plan/check-plan.ts'
export { effortOf } from './plan/efforts.ts'
export { gapOf, type Plan, type PlanPrices } from './plan/plan.ts'
export { runApart } from './plan/plan-client.ts'
export { type Effort, planDay } from './plan/plan-day.ts'
export { planFile, readPlanFile, writePlanFile } from './plan/plan-file.ts'
export { planFileErrors } from './plan/plan-file-errors.ts'
export { planRunErrors } from './plan-run/plan-run-errors.ts'
export * from './plugin.ts'
export { type OnNodesOptions, onNodes } from './policy/on-nodes.ts'
export * from './policy/policies.ts'
export { JOB_STATES } from './public-job/job-state-words.ts'
export { publicJobErrors } from './public-job/public-job-errors.ts'
export { quotaErrors } from './quota/quota-errors.ts'
export type { Calendar } from './settlement/baseline.ts'
export { BASELINE_METHODS, type BaselineMethod } from './settlement/baseline-method.ts'
export type { MeterSeries } from './settlement/meter.ts'
export * from './settlement/settle.ts'
export { COMPARED_POLICIES, type ComparedPolicy, comparePolicies } from './simulate/compare-policies.ts'
export { type SimulateOptions, simulate } from './simulate/simulate.ts'
export type { LoggedRun, Outcome } from './simulate/tally.ts'
export * from './simulate/world.ts'
export { createPowerReservations, type PowerReservation, type PowerReservations } from './slurm/power-reservations.ts'
export { openCluster, type SlurmCluster } from './slurm/slurm-cluster.ts'
export type { SlurmConnection } from './slurm/slurm-connection.ts'
export { demoDescription, type SlurmDescription, type SlurmSite } from './slurm/slurm-description.ts'
export { slurmErrors } from './slurm/slurm-errors.ts'
export { createSlurmExecutor, type SlurmExecutorOptions } from './slurm/slurm-executor.ts'
export { whatSlurmLacks } from './slurm/slurm-needs.ts'
export { type StartOptions, startSlurm } from './slurm/start-slurm.ts'
export { stopSlurm } from './slurm/stop-slurm.ts'
export { explainJob, type Why } from './why/why.ts'
