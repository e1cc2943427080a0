/**
 * What the generators of the SDKs are told for each language: what a package is called there, and what it needs. All of the
 * names are said, since `pulumi package add` puts the owner of a git repository into those that are not: programs would have
 * to be changed whenever the package comes from somewhere else.
 */
export function languages(name: string, description: string, kubernetesVersion: string) {
  const [major = ""] = kubernetesVersion.split(".");
  return {
    nodejs: {
      // The scope `@pulumi` is for Pulumi's own packages, and the name of this one's plug-in is taken.
      packageName: `pulumi-${name}`,
      packageDescription: description,
      dependencies: { "@pulumi/kubernetes": `^${kubernetesVersion}` },
      respectSchemaVersion: true,
    },
    python: {
      packageName: `pulumi_${name}`,
      requires: { "pulumi-kubernetes": `>=${kubernetesVersion},<${Number(major) + 1}` },
      pyproject: { enabled: true },
      respectSchemaVersion: true,
    },
    go: {
      importBasePath: `example.com/pulumi-${name}/sdk/go/${name}`,
      generateResourceContainerTypes: true,
      respectSchemaVersion: true,
    },
    csharp: {
      rootNamespace: "Pulumi",
      packageReferences: { Pulumi: "3.*", "Pulumi.Kubernetes": `${major}.*` },
      respectSchemaVersion: true,
    },
    java: { dependencies: { "com.pulumi:kubernetes": kubernetesVersion } },
  };
}
