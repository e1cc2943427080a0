import assert from "node:assert/strict";
import { expectedFilesOf } from "../../../../provider/components/rayJobComponent/entrypoint.ts";

const certain: Readonly<Record<string, string>> = {
  "python train.py --epochs 3": "train.py",
  "python3 train.py": "train.py",
  " python  train.py\n": "train.py",
  "python3.11 -u src/train.py": "src/train.py",
  "python -u -W ignore -X dev ./src//train.py": "src/train.py",
  "python -Bu train.py": "train.py",
  'python "my train.py" --x': "my train.py",
  "python 'train.py'": "train.py",
  "exec python train.py": "train.py",
  "OMP_NUM_THREADS=1 NAME='a b' python train.py": "train.py",
  "export A=b && set -e && python train.py": "train.py",
  "cd sub && python x.py": "sub/x.py",
  "cd sub && cd ../other && python x.py": "other/x.py",
  "cd sub && python ../x.py": "x.py",
  "python a.py && python b.py": "a.py",
  "python -m pkg.mod": "pkg/mod.py|pkg/mod/__main__.py",
  "python -u -m pkg.sub.mod --x": "pkg/sub/mod.py|pkg/sub/mod/__main__.py",
  "bash run.sh": "run.sh",
  "bash -eu scripts/run.sh a b": "scripts/run.sh",
  "sh ./run.sh": "run.sh",
  "./run.sh": "run.sh",
  "./bin/train --x": "bin/train",
};

const uncertain: Readonly<Record<string, string>> = {
  "": "there is no command",
  python: "it reads its input",
  "python -c 'import ray'": "the program is in the command",
  "python -m pytest": "it may be installed",
  "python -m $MODULE": "a variable decides",
  "python $SCRIPT": "a variable decides",
  "python ~/train.py": "it is not in the directory",
  "python /opt/train.py": "it is not in the directory",
  "python ../train.py": "it is not in the directory",
  "cd .. && python train.py": "it is not in the directory",
  "cd /output && python train.py": "it is not in the directory",
  "cd - && python train.py": "nobody knows where that is",
  "cd sub && python -m pkg.mod": "what is installed may come first",
  "python app": "it may be a directory or a zip file",
  "git clone https://example.com/x && python x/train.py": "the command before may make it",
  "python make.py; python made.py": "a shell does more than pass on words",
  "python train.py | tee log": "a shell does more than pass on words",
  "python train.py || true": "a shell does more than pass on words",
  "python train.py &": "a shell does more than pass on words",
  "python *.py": "a pattern decides",
  "torchrun train.py": "it is another program's argument",
  "uv run train.py": "it is another program's argument",
  train: "it is on the path",
  "bash -c 'python train.py'": "the program is in the command",
  "bash run": "it may be on the path",
  "python --version": "nothing is run",
};

describe("the files that an entrypoint certainly needs", () => {
  for (const [entrypoint, path] of Object.entries(certain)) {
    it(`are ${path} of ${entrypoint}`, () => assert.deepEqual(expectedFilesOf(entrypoint), [path]));
  }

  for (const [entrypoint, because] of Object.entries(uncertain)) {
    it(`are none of ${JSON.stringify(entrypoint)}: ${because}`, () =>
      assert.deepEqual(expectedFilesOf(entrypoint), []));
  }
});
