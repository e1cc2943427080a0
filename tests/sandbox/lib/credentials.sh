# shellcheck shell=bash
# A certificate authority, the certificates and the kubeconfig files: made once in a cluster's life.

make_credentials() {
  [[ ! -e $RUN/pki/complete ]] || return 0
  say "making the cluster's keys"
  rm -rf "$RUN/pki" "$RUN/etc/tokens.csv"
  mkdir -p "$RUN/pki"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=rayjob-sandbox -keyout "$RUN/pki/ca.key" -out "$RUN/pki/ca.crt" 2>/dev/null
  openssl genrsa -out "$RUN/pki/service-accounts.key" 2048 2>/dev/null
  local names=kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
  make_certificate apiserver /CN=kube-apiserver "IP:$NODE_ADDRESS,IP:${SERVICE_NETWORK%.*}.1,IP:127.0.0.1,DNS:localhost,DNS:$names"
  make_certificate kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client DNS:localhost
  make_certificate kubelet "/O=system:nodes/CN=system:node:$NODE" "IP:$NODE_ADDRESS,DNS:$NODE"
  make_kubeconfig "$SANDBOX_KUBECONFIG" admin system:masters
  make_kubeconfig "$RUN/etc/kube-controller-manager.conf" system:kube-controller-manager
  make_kubeconfig "$RUN/etc/kube-scheduler.conf" system:kube-scheduler
  make_kubeconfig "$RUN/etc/kube-proxy.conf" system:kube-proxy
  make_kubeconfig "$RUN/etc/kubelet.conf" "system:node:$NODE" system:nodes
  make_kubeconfig "$RUN/etc/coredns.conf" system:coredns
  make_kubeconfig "$RUN/etc/provisioner.conf" sandbox:provisioner
  touch "$RUN/pki/complete"
}

# make_certificate FILE SUBJECT ALTERNATIVE_NAMES
make_certificate() {
  local file=$RUN/pki/$1
  openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$file.key" -out "$file.csr" 2>/dev/null
  openssl x509 -req -in "$file.csr" -CA "$RUN/pki/ca.crt" -CAkey "$RUN/pki/ca.key" -CAcreateserial -days 3650 -out "$file.crt" \
    -extfile <(printf 'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=%s\n' "$3") 2>/dev/null
}

# make_kubeconfig FILE USER [GROUP]
make_kubeconfig() {
  local token
  token=$(openssl rand -hex 24)
  (
    umask 077
    printf '%s,%s,%s%s\n' "$token" "$2" "$2" "${3:+,\"$3\"}" >>"$RUN/etc/tokens.csv"
    cat >"$1" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
  - name: rayjob-sandbox
    cluster:
      server: https://127.0.0.1:$API_PORT
      certificate-authority-data: $(base64 -w 0 <"$RUN/pki/ca.crt")
users:
  - name: $2
    user: { token: $token }
contexts:
  - name: rayjob-sandbox
    context: { cluster: rayjob-sandbox, user: "$2" }
current-context: rayjob-sandbox
KUBECONFIG
  )
}
