"""`run.py PROGRAM FOLDER SETTINGS` brings the stack `test` up with a program, in the project's folder and with the settings
that the JSON says, and prints its outputs as JSON."""

import json
import runpy
import sys

from pulumi import automation


def main(program: str, folder: str, settings: str) -> None:
    stack = automation.create_or_select_stack(
        "test",
        project_name="rig",
        program=lambda: runpy.run_path(program, run_name="__main__"),
        opts=automation.LocalWorkspaceOptions(work_dir=folder),
    )
    for name, value in json.loads(settings).items():
        stack.set_config(name, automation.ConfigValue(value))
    result = stack.up(on_output=lambda text: print(text, file=sys.stderr))
    print(json.dumps({name: output.value for name, output in result.outputs.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
