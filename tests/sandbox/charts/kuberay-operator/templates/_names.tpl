{{- define "operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name -}}
{{- end -}}

{{- define "operator.fullname" -}}
{{- .Values.fullnameOverride | default (printf "%s-%s" .Release.Name (include "operator.name" .)) -}}
{{- end -}}

{{- define "operator.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "operator.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "operator.selector" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
app.kubernetes.io/component: kuberay-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "operator.labels" -}}
{{ include "operator.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The rules of one of the roles that KubeRay's own module describes. */}}
{{- define "operator.rules" -}}
{{- $role := .context.Files.Get (printf "roles/%s" .file) | fromYaml -}}
{{- toYaml (required (printf "there is no roles/%s in this chart: pack it with tests/sandbox/build/charts.sh" .file) $role.rules) -}}
{{- end -}}
