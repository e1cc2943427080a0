/** Files in their order, in batches that are about as large as that, but of not too many: the work for one thread at a time. */
export function* batchesOf<File extends { readonly size: number }>(
  files: readonly File[],
  sizeBytes: number,
): Generator<File[]> {
  let batch: File[] = [];
  let size = 0;
  for (const file of files) {
    batch.push(file);
    size += file.size;
    if (size < sizeBytes && batch.length < mostAtOnce) continue;
    yield batch;
    [batch, size] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

const mostAtOnce = 200;
