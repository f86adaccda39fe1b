import type { ResolvedConfig } from '../config/resolved.ts';
import { labels } from '../constructs/labels.ts';
import { suiteSetName } from '../constructs/names.ts';

/** What `helm install` prints. */
export function notesTxt(chart: string, { types }: Pick<ResolvedConfig, 'types'>): string {
  const quotas = Object.values(types).filter(({ quota }) => quota !== undefined).length;
  return `{{- $jobs := compact (splitList "\\n" (include "${chart}.jobs" $)) -}}
{{- if eq .Values.trigger "cronjob-template" -}}
{{ len $jobs }} suites of {{ .Release.Name }} are suspended CronJobs in namespace {{ .Release.Namespace }}; nothing has started.

Start them, wait for the verdict and collect the results:

  kubesuite run --from-cronjob {{ .Release.Name }} --namespace {{ .Release.Namespace }}

Without the CLI:

  kubectl create job first --from=cronjob/{{ first $jobs }} --namespace {{ .Release.Namespace }}
{{- else if eq .Values.start "controlled" -}}
{{ len $jobs }} suite Jobs of {{ .Release.Name }} are suspended in namespace {{ .Release.Namespace }}{{ with .Values.run.id }}, run {{ . }}{{ end }}; nothing has started.

Start them in their order, wait for the verdict and collect the results:

  kubesuite wait {{ .Release.Name }} --namespace {{ .Release.Namespace }}

Without the CLI, one by one:

  kubectl patch job {{ first $jobs }} --namespace {{ .Release.Namespace }} --patch '{"spec":{"suspend":false}}'
{{- else -}}
{{ len $jobs }} suite Jobs of {{ .Release.Name }} start in namespace {{ .Release.Namespace }}{{ with .Values.run.id }}, run {{ . }}{{ end }}.

Wait for the verdict and collect the results:

  kubesuite wait {{ .Release.Name }} --namespace {{ .Release.Namespace }}

Without the CLI:

  kubectl get jobs,pods --namespace {{ .Release.Namespace }} --selector ${labels.release}={{ .Release.Name }}
  kubectl get configmap ${suiteSetName('{{ .Release.Name }}')} --namespace {{ .Release.Namespace }} --output yaml
{{- if eq .Values.trigger "argocd-postsync" }}

Note: these Jobs keep their names, so that Argo CD replaces them. Helm cannot replace a Job: to
install with Helm, set trigger to job.
{{- end }}
{{- end }}
${quotas > 1 ? quotaNote : ''}`;
}

const quotaNote = `{{- if not .Values.priorityClasses.create }}

Note: without priorityClasses.create Kubernetes cannot tell the types apart, so each of their quotas
counts the suites of all types.
{{- end }}
`;
