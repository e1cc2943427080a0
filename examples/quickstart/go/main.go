package main

import (
	"example.com/pulumi-rayjob/sdk/go/rayjob"
	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	bucket := rayjob.BucketArgs{RequireTls: pulumi.Bool(config.RequireBool(ctx, "requireTls"))}
	if arn := config.Get(ctx, "oidcProviderArn"); arn != "" {
		bucket.Reader = rayjob.BucketReaderArgs{OidcProviderArn: pulumi.String(arn)}
	}
	training, err := rayjob.NewRayJobComponent(ctx, "training", &rayjob.RayJobComponentArgs{
		Namespace:      pulumi.String(config.Require(ctx, "namespace")),
		Operator:       rayjob.OperatorArgs{Install: pulumi.Bool(config.RequireBool(ctx, "installOperator"))},
		Bucket:         bucket,
		ServiceAccount: rayjob.ServiceAccountArgs{},
		Volumes: rayjob.VolumeMap{
			"output": rayjob.VolumeArgs{Size: pulumi.String("5Gi"), MountPath: pulumi.String("/output")},
		},
		Jobs: rayjob.JobMap{
			"train": rayjob.JobArgs{
				Entrypoint: pulumi.String("python train.py"),
				RuntimeEnv: rayjob.JobRuntimeEnvironmentArgs{
					WorkingDir: pulumi.String("../train-job"),
					Pip:        pulumi.ToStringArray([]string{"xgboost", "numpy"}),
					EnvVars:    pulumi.StringMap{"MODEL_DIR": pulumi.String("/output")},
				},
				RayClusterSpec: rayjob.RayClusterSpecArgs{
					HeadGroupSpec: rayjob.HeadGroupSpecArgs{
						RayStartParams: pulumi.StringMap{"dashboard-host": pulumi.String("0.0.0.0")},
						Template:       podOf("ray-head"),
					},
					WorkerGroupSpecs: rayjob.WorkerGroupSpecArray{
						rayjob.WorkerGroupSpecArgs{
							GroupName:      pulumi.String("workers"),
							Replicas:       pulumi.Int(2),
							RayStartParams: pulumi.StringMap{"num-cpus": pulumi.String("2")},
							Template:       podOf("ray-worker"),
						},
					},
				},
				// Keeps the cluster, and with it the dashboard, for ten minutes after the job; by default it is one.
				TtlSecondsAfterFinished: pulumi.Int(600),
			},
		},
	})
	if err != nil {
		return err
	}
	train := training.Runs.MapIndex(pulumi.String("train"))
	ctx.Export("status", train.JobStatus())
	ctx.Export("dashboard", train.DashboardUrl())
	ctx.Export("logs", train.LogsCommand())
	ctx.Export("portForward", train.PortForwardCommand())
	return nil
}

func podOf(container string) corev1.PodTemplateSpecArgs {
	return corev1.PodTemplateSpecArgs{
		Spec: corev1.PodSpecArgs{
			Containers: corev1.ContainerArray{
				corev1.ContainerArgs{Name: pulumi.String(container), Image: pulumi.String("rayproject/ray:2.9.0")},
			},
		},
	}
}
