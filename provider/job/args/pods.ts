// What arguments of a RayJob put into the pods of the cluster that is made.

/** A PersistentVolumeClaim inside Ray's containers. A change re-runs the job. */
export interface Mount {
  /** The name of a PersistentVolumeClaim in the job's namespace. */
  readonly claimName: string;
  /** The absolute path at which Ray's containers see it, such as `/output`. */
  readonly mountPath: string;
  /** A folder of the volume to mount. Default: all of it. */
  readonly subPath?: string;
  /** Whether the job can only read it. Default false. */
  readonly readOnly?: boolean;
}

/** A value in a Kubernetes Secret. Another reference re-runs the job; another value in the Secret does not. */
export interface SecretReference {
  /** The name of a Secret in the job's namespace. */
  readonly name: string;
  /** The key in it. Default: the name of the variable. */
  readonly key?: string;
}

/** Data or a model that is copied to a path before Ray starts. A change re-runs the job. */
export interface Stage {
  /**
   * What is copied: an object of S3 or all objects below a prefix (`s3://bucket/models/llama`), a file or a folder of a
   * PersistentVolumeClaim in the job's namespace (`pvc://claim/path`, `pvc://claim`), or a file on the web (`https://…`,
   * which is not unpacked). S3 needs boto3 in the image, as Ray's own has it, and the pod's right to read and, for a prefix,
   * to list.
   */
  readonly from: string;
  /**
   * The absolute path of the folder that it is copied into: a file under its own name, of a folder or a prefix what is in
   * it. An `emptyDir` is mounted there, which hides what the image has at that path, unless something is mounted there, or
   * above it, already: then it is copied into that.
   */
  readonly to: string;
  /**
   * The pods that get it: those of the `head`, of the `workers`, or `all` of them, the default. Into a claim that all of them mount
   * the `head` copies for the others, which start after it.
   */
  readonly on?: RayNodes;
  /** The image that copies: it needs Python 3.8 or newer as `python3`. Default: that of Ray's container. */
  readonly image?: string;
}

export const rayNodes = [
  /** The head alone. */
  "head",
  /** All workers, of every group. */
  "workers",
  /** The head and all workers. */
  "all",
] as const;
/** The pods of a Ray cluster. */
export type RayNodes = (typeof rayNodes)[number];
