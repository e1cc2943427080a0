"""Says which GPUs the cluster's workers have: where the training goes."""

import ray


@ray.remote(num_gpus=1)
def gpu():
    return ray.get_runtime_context().get_node_id(), ray.get_gpu_ids()


ray.init()
count = int(ray.cluster_resources().get("GPU", 0))
for node, gpus in ray.get([gpu.remote() for _ in range(count)]):
    print("node", node, "has the GPUs", gpus)
