// Ray jobs as infrastructure: a Pulumi package that runs KubeRay RayJobs and tracks their outcome
package rayjob
