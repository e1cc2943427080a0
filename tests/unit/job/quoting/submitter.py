"""What lies between a RayJob and the shell on the Ray node, for the tests: a line of JSON in, a line of JSON out.

{"script": ...} is what stands behind `ray job submit --` in the submitter's script. The answer is what becomes of it with
either version of `ray job submit`: list2cmdline up to some version of Ray, shlex.join since.
{"json": ...} is what stands between the double quotes of `--runtime-env-json`. The answer is the argument.
{"direct": ...} is run as Ray runs an entry point.
"""

import json
import shlex
import subprocess
import sys

SHOW = "import json, sys; print(json.dumps(sys.argv[1:]))"


def arguments(words):
    script = "%s -c %s %s ;" % (shlex.quote(sys.executable), shlex.quote(SHOW), words)
    done = subprocess.run(["bash", "-ce", "--", script], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def run(entrypoint):
    done = subprocess.run(entrypoint, shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return {"code": done.returncode, "stdout": done.stdout}


for line in sys.stdin:
    asked = json.loads(line)
    if "direct" in asked:
        answer = [run(asked["direct"])]
    elif "json" in asked:
        answer = arguments('"%s"' % asked["json"])
    else:
        words = arguments(asked["script"])
        answer = None if words is None else [run(join(words)) for join in (subprocess.list2cmdline, shlex.join)]
    print(json.dumps(answer), flush=True)
