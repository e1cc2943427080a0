import pulumi
import pulumi_rayjob as rayjob

config = pulumi.Config()
oidc_provider_arn = config.get("oidcProviderArn")

training = rayjob.RayJobComponent(
    "training",
    namespace=config.require("namespace"),
    operator={"install": config.require_bool("installOperator")},
    bucket=rayjob.BucketArgs(
        require_tls=config.require_bool("requireTls"),
        reader=rayjob.BucketReaderArgs(oidc_provider_arn=oidc_provider_arn) if oidc_provider_arn else None,
    ),
    service_account={},
    volumes={"output": {"size": "5Gi", "mount_path": "/output"}},
    jobs={
        "train": {
            "entrypoint": "python train.py",
            "runtime_env": {
                "working_dir": "../train-job",
                # Pulumi's Python SDK takes no list where something else than a list may stand (pulumi#6950).
                "pip": {"packages": ["xgboost", "numpy"]},
                "env_vars": {"MODEL_DIR": "/output"},
            },
            "ray_cluster_spec": {
                "head_group_spec": {
                    "ray_start_params": {"dashboard-host": "0.0.0.0"},
                    "template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.9.0"}]}},
                },
                "worker_group_specs": [
                    {
                        "group_name": "workers",
                        "replicas": 2,
                        "ray_start_params": {"num-cpus": "2"},
                        "template": {"spec": {"containers": [{"name": "ray-worker", "image": "rayproject/ray:2.9.0"}]}},
                    }
                ],
            },
            # Keeps the cluster, and with it the dashboard, for ten minutes after the job; by default it is one.
            "ttl_seconds_after_finished": 600,
        }
    },
)

train = training.runs["train"]

pulumi.export("status", train.job_status)
pulumi.export("dashboard", train.dashboard_url)
pulumi.export("logs", train.logs_command)
pulumi.export("portForward", train.port_forward_command)
