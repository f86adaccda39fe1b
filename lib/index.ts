// Config
export { defineSuites, type ServedPortInput, type SuiteInput, type SuitesConfig } from './config/define.ts';
export { loadConfig, type LoadedConfig } from './config/load.ts';
export type {
  LogFormat,
  PullPolicy,
  ResolvedConfig,
  ResolvedEnv,
  ResolvedEnvFrom,
  ResolvedGuard,
  ResolvedImage,
  ResolvedPolicyRule,
  ResolvedProduction,
  ResolvedResources,
  ResolvedServedPort,
  ResolvedService,
  ResolvedSuite,
  ResolvedToleration,
  ResolvedType,
  ResolvedVolume,
  ResultsFormat,
  ResultsSpec,
} from './config/resolved.ts';
export type { Layout } from './config/layout.ts';
export type { ReleaseSize } from './config/release-size.ts';
export type { Trigger } from './config/triggers.ts';
export type { StartMode } from './config/start-modes.ts';

// Helm charts with cdk8s
export { HelmApp, type HelmAppProps } from './chart/helm-app.ts';
export { TemplateFile, type TemplateFileProps } from './chart/template-file.ts';
export { HelmObject, type HelmObjectOptions, type HelmObjectProps, type NamedSpec } from './chart/helm-object.ts';
export { each, hole, when, type Hole, type Templated } from './chart/hole.ts';
export type { ChartFiles } from './chart/chart-files.ts';
export { renderChart } from './chart/render.ts';
export { checkChart } from './chart/check.ts';
export { estimateRelease } from './chart/release/estimate-release.ts';
export { writeChart, type WrittenChart } from './chart/write.ts';

// Constructs
export { SuitesChart, type SuitesChartProps } from './constructs/suites-chart.ts';
export { SuitesBase, type SuitesBaseProps } from './constructs/suites-base.ts';
export { SuiteFile, type SuiteFileProps } from './constructs/suite-file.ts';
export { SuiteJob, type SuiteJobProps } from './constructs/suite-job.ts';
export { SuiteIdentity, type SuiteIdentityProps } from './constructs/suite-identity.ts';
export { DefaultNetwork, type DefaultNetworkProps } from './constructs/default-network.ts';
export { SuiteNetwork, type SuiteNetworkProps } from './constructs/suite-network.ts';
export { SuiteService, type SuiteServiceProps } from './constructs/suite-service.ts';
export { NetworkGuard, type NetworkContract, type NetworkGuardProps } from './constructs/network-guard.ts';
export { Collector, type CollectorProps } from './constructs/collector.ts';
export { SuiteSet, type SuiteSetProps } from './constructs/suite-set.ts';
export { TypeQuota, type TypeQuotaProps } from './constructs/type-quota.ts';
export { PriorityTier, type PriorityTierProps } from './constructs/priority-tier.ts';

// What will run
export { createPlan, type PlanOptions } from './plan/create-plan.ts';
export type { Plan, PlanImage, PlanPlace, PlanServedPort, PlanSuite, PlanTarget, PlanTotals, PlanType } from './plan/plan.ts';

// Reporters
export type { Reporter, ReporterMedium, RunEndReason, SerializedError } from './reporters/reporter.ts';
export type { ReporterDeps } from './reporters/reporter-deps.ts';
export type { FileEnd, RunFolder } from './ports/files.ts';
export type { Screen } from './ports/screen.ts';
export { sanitize } from './reporters/render/sanitize.ts';
export type { SuiteProgress } from './run/progress.ts';
export type { AttemptReport, Diagnosis, RunReport, SuiteReport, TestCounts, Totals, Verdict, WarningReport } from './run/report.ts';
export type { Evidence } from './run/diagnosis/evidence.ts';
export type { AttemptPhase, PhaseName } from './run/phases.ts';
export type { TestCase, TestStatus } from './run/results/test-case.ts';
export type { SuiteContract } from './config/contract.ts';
export type {
  Attachment,
  ClusterEventObserved,
  CollectedFile,
  ContactChanged,
  ErrorCause,
  EvidenceCollected,
  GraceExpired,
  JobObserved,
  LogCollected,
  PlannedSuite,
  PodObserved,
  QueueObserved,
  ResultsCollected,
  ResultsOutcome,
  RunEnded,
  RunEvent,
  RunInfo,
  RunInterrupted,
  RunStarted,
  StartHeld,
  SuiteReleased,
  SuiteSkipped,
  TestsCounted,
} from './run/events.ts';
export type { ClusterEventSnapshot, ContainerSnapshot, JobSnapshot, NodeSnapshot, PodDemand, PodSnapshot, QueueSnapshot } from './run/observed.ts';

export { KubesuiteError, type KubesuiteErrorOptions } from './errors.ts';
