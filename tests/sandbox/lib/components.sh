# shellcheck shell=bash
# The cluster's processes, each with what it cannot do without.

start_containerd() {
  PATH=$DEBIAN/usr/bin:$DEBIAN/usr/sbin:$PATH start_process containerd containerd --config "$RUN/etc/containerd.toml"
}

# unsafe-no-fsync: a sandbox's state may be lost with the machine, and tests should not wait for the disk.
start_etcd() {
  start_process etcd "$BIN/kubeall" etcd --name sandbox --data-dir "$RUN/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 \
    --listen-peer-urls http://127.0.0.1:23800 --initial-advertise-peer-urls http://127.0.0.1:23800 \
    --initial-cluster sandbox=http://127.0.0.1:23800
}

# requestheader-*: without them the scheduler logs "missing content for CA bundle" for ever.
start_api_server() {
  start_process kube-apiserver "$BIN/kubeall" kube-apiserver --etcd-servers=http://127.0.0.1:23790 \
    --bind-address=0.0.0.0 --secure-port="$API_PORT" --advertise-address="$NODE_ADDRESS" \
    --service-cluster-ip-range="$SERVICE_NETWORK" --endpoint-reconciler-type=lease \
    --authorization-mode=Node,RBAC --token-auth-file="$RUN/etc/tokens.csv" --client-ca-file="$RUN/pki/ca.crt" \
    --tls-cert-file="$RUN/pki/apiserver.crt" --tls-private-key-file="$RUN/pki/apiserver.key" \
    --kubelet-client-certificate="$RUN/pki/kubelet-client.crt" --kubelet-client-key="$RUN/pki/kubelet-client.key" \
    --kubelet-certificate-authority="$RUN/pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$RUN/pki/service-accounts.key" \
    --service-account-signing-key-file="$RUN/pki/service-accounts.key" \
    --requestheader-client-ca-file="$RUN/pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --allow-privileged=true --enable-priority-and-fairness=false --enable-bootstrap-token-auth=false --profiling=false
}

# leader-elect=false: after a restart nobody waits for the lease of a process that is gone.
start_controllers() {
  start_process kube-controller-manager "$BIN/kubeall" kube-controller-manager --leader-elect=false \
    --kubeconfig="$RUN/etc/kube-controller-manager.conf" --use-service-account-credentials=true \
    --service-account-private-key-file="$RUN/pki/service-accounts.key" --root-ca-file="$RUN/pki/ca.crt" \
    --flex-volume-plugin-dir="$RUN/kubelet/volume-plugins" --bind-address=127.0.0.1 --profiling=false
  start_process kube-scheduler "$BIN/kubeall" kube-scheduler --leader-elect=false --bind-address=127.0.0.1 \
    --kubeconfig="$RUN/etc/kube-scheduler.conf" --authentication-kubeconfig="$RUN/etc/kube-scheduler.conf" \
    --authorization-kubeconfig="$RUN/etc/kube-scheduler.conf"
  start_process provisioner "$BIN/kubeall" provisioner --kubeconfig="$RUN/etc/provisioner.conf" --root="$RUN/volumes"
}

start_node() {
  start_process kubelet "$BIN/kubeall" kubelet --config="$RUN/etc/kubelet.yaml" --kubeconfig="$RUN/etc/kubelet.conf" \
    --hostname-override="$NODE" --node-ip="$NODE_ADDRESS" --root-dir="$RUN/kubelet" --cert-dir="$RUN/pki"
  start_process kube-proxy "$BIN/kubeall" kube-proxy --config="$RUN/etc/proxy.yaml"
  start_process coredns "$BIN/kubeall" coredns -conf "$RUN/etc/Corefile"
}

start_object_store() {
  start_process object-store "$PYTHON/moto_server" --host 0.0.0.0 --port "$S3_PORT"
}
