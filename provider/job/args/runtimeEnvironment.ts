import type { Integer, PropertyMap } from "../../values/value.ts";

/**
 * [Ray's runtime environment](https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#runtime-environments). Packages are
 * installed on every node before the job starts. A change re-runs the job.
 */
export interface RuntimeEnvironment {
  /**
   * The job's code: the URI of a zip file (`s3://…/code.zip`, `gs://…`, `https://…`) or, from Ray 2.56 on, of a tar file
   * (`….tar.gz`), which Ray fetches; a folder of files in S3 (`s3://bucket/prefix`) or on a claim (`pvc://claim/folder`), or a zip
   * file on one (`pvc://claim/code.zip`), which are fetched as by `stage` on every node of the cluster that is made. Ray caches by
   * URI: never overwrite what is there in place. Other contents at the same URI do not re-run the job: use another one, or
   * `rerunToken`. Default: the image's own directory.
   */
  readonly workingDir?: string;
  /**
   * URIs of what to put on the Python path: of zip files or wheels, or, as for `workingDir`, of folders in S3 or on a claim. Such
   * a folder is imported by its own name: `s3://bucket/libraries/my_module` as `my_module`. Default: none.
   */
  readonly pyModules?: readonly string[];
  /** URIs of jar files to put on the class path of Java workers. Default: none. */
  readonly javaJars?: readonly string[];
  /** Patterns that Ray leaves out of a local directory. Default: none. Without effect on a URI. */
  readonly excludes?: readonly string[];
  /**
   * Packages to install with pip: a list, settings, or the path of a requirements file, relative to the program's folder. What
   * the file says, and those that it refers to by `-r`, is taken in at the preview: a changed line re-runs the job. What is on
   * this machine only (`-e ./directory`, a local wheel, `-c`) is refused. Default: none. Not together with `uv` or `conda`.
   */
  readonly pip?: string | readonly string[] | PipEnvironment;
  /** Packages to install with uv: a list, settings, or the path of a requirements file, as for `pip`. Default: none. Not together with `pip` or `conda`. */
  readonly uv?: string | readonly string[] | UvEnvironment;
  /**
   * The name of a conda environment in the image, the content of an `environment.yml`, or its path (`….yml` or `….yaml`), relative
   * to the program's folder, whose content is taken in at the preview. Default: none. Not together with `pip` or `uv`.
   */
  readonly conda?: string | PropertyMap;
  /** Environment variables of the driver and of every task. Default: none. Readable in the RayJob and in Ray's dashboard: not for secrets, which are for `secretEnv`. */
  readonly envVars?: Readonly<Record<string, string>>;
  /** The command that starts Python in the workers, such as `uv run`. Default: the image's Python. Experimental in Ray. */
  readonly pyExecutable?: string;
  /** The image that Ray starts its workers in. Default: that of the node. Experimental in Ray; goes with `envVars` and `config` only. */
  readonly imageUri?: string;
  /** The module path of a function that every worker calls when it starts, such as `my_package.setup`. Default: none. */
  readonly workerProcessSetupHook?: string;
  /** Settings of NVIDIA's Nsight profiler: the text `default`, or its options. Default: none, and nothing is profiled. */
  readonly nsight?: string | Readonly<Record<string, string>>;
  /** How Ray sets the environment up. Default: as Ray has it. */
  readonly config?: RuntimeEnvironmentConfig;
}

/** How Ray installs packages with pip. A change re-runs the job. */
export interface PipEnvironment {
  /** The packages, as in a requirements file, or the path of one. */
  readonly packages: string | readonly string[];
  /** Whether to run `pip check` afterwards. Default false. */
  readonly pipCheck?: boolean;
  /** The version of pip to use, such as `==24.0`. Default: the image's. */
  readonly pipVersion?: string;
  /** Options of `pip install`. Default: none. */
  readonly pipInstallOptions?: readonly string[];
}

/** How Ray installs packages with uv. A change re-runs the job. */
export interface UvEnvironment {
  /** The packages, as in a requirements file, or the path of one. */
  readonly packages: string | readonly string[];
  /** Whether to run `uv pip check` afterwards. Default false. */
  readonly uvCheck?: boolean;
  /** The version of uv to use, such as `==0.5.0`. Default: the newest. */
  readonly uvVersion?: string;
  /** Options of `uv pip install`. Default `--no-cache`. */
  readonly uvPipInstallOptions?: readonly string[];
}

/** How Ray sets a runtime environment up. A change re-runs the job. */
export interface RuntimeEnvironmentConfig {
  /** Seconds that setting the environment up may take; -1 for no limit. Default 600. */
  readonly setupTimeoutSeconds?: Integer;
  /** Whether the environment is set up before the first task needs it. Default true. */
  readonly eagerInstall?: boolean;
}
