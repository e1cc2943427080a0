using System.Collections.Generic;
using Pulumi;
using Core = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Rayjob = Pulumi.Rayjob;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var oidcProviderArn = config.Get("oidcProviderArn");

    var training = new Rayjob.RayJobComponent("training", new Rayjob.RayJobComponentArgs
    {
        Namespace = config.Require("namespace"),
        Operator = new Rayjob.Inputs.OperatorArgs { Install = config.RequireBoolean("installOperator") },
        Bucket = new Rayjob.Inputs.BucketArgs
        {
            RequireTls = config.RequireBoolean("requireTls"),
            Reader = string.IsNullOrEmpty(oidcProviderArn)
                ? null
                : new Rayjob.Inputs.BucketReaderArgs { OidcProviderArn = oidcProviderArn },
        },
        ServiceAccount = new Rayjob.Inputs.ServiceAccountArgs(),
        Volumes = { ["output"] = new Rayjob.Inputs.VolumeArgs { Size = "5Gi", MountPath = "/output" } },
        Jobs =
        {
            ["train"] = new Rayjob.Inputs.JobArgs
            {
                Entrypoint = "python train.py",
                RuntimeEnv = new Rayjob.Inputs.JobRuntimeEnvironmentArgs
                {
                    WorkingDir = "../train-job",
                    Pip = new[] { "xgboost", "numpy" },
                    EnvVars = { ["MODEL_DIR"] = "/output" },
                },
                RayClusterSpec = new Rayjob.Inputs.RayClusterSpecArgs
                {
                    HeadGroupSpec = new Rayjob.Inputs.HeadGroupSpecArgs
                    {
                        RayStartParams = { ["dashboard-host"] = "0.0.0.0" },
                        Template = PodOf("ray-head"),
                    },
                    WorkerGroupSpecs =
                    {
                        new Rayjob.Inputs.WorkerGroupSpecArgs
                        {
                            GroupName = "workers",
                            Replicas = 2,
                            RayStartParams = { ["num-cpus"] = "2" },
                            Template = PodOf("ray-worker"),
                        },
                    },
                },
                // Keeps the cluster, and with it the dashboard, for ten minutes after the job; by default it is one.
                TtlSecondsAfterFinished = 600,
            },
        },
    });

    var train = training.Runs.Apply(runs => runs["train"]);

    return new Dictionary<string, object?>
    {
        ["status"] = train.Apply(run => run.JobStatus),
        ["dashboard"] = train.Apply(run => run.DashboardUrl),
        ["logs"] = train.Apply(run => run.LogsCommand),
        ["portForward"] = train.Apply(run => run.PortForwardCommand),
    };
});

static Core.PodTemplateSpecArgs PodOf(string container) => new()
{
    Spec = new Core.PodSpecArgs
    {
        Containers = { new Core.ContainerArgs { Name = container, Image = "rayproject/ray:2.9.0" } },
    },
};
