"""Reads C#: prints what each file on the command line declares and makes, and where its syntax is wrong, as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import tree_sitter_c_sharp
from tree_sitter import Language, Node, Parser

declarations = {"class_declaration", "struct_declaration", "enum_declaration"}


def main(files: list[str]) -> None:
    parser = Parser(Language(tree_sitter_c_sharp.language()))
    read = {}
    for file in files:
        root = parser.parse(Path(file).read_bytes()).root_node
        read[file] = {"types": [], "properties": [], "made": [], "mistakes": []}
        look(root, read[file])
    print(json.dumps(read))


def look(node: Node, found: dict[str, list[Any]]) -> None:
    if node.is_error or node.is_missing:
        found["mistakes"].append(f"line {node.start_point[0] + 1}")
    if node.type in declarations:
        found["types"].append(text_of(node.child_by_field_name("name")))
    # [Input("replicas")], [Output("jobStatus", …)], and a result's constructor, which has the same names.
    if node.type == "attribute" and text_of(node.child_by_field_name("name")) in ("Input", "Output"):
        argument = node.child(1).named_child(0)
        found["properties"].append(text_of(argument).strip('"'))
    # new Rayjob.Inputs.VolumeArgs { Size = "5Gi" }
    if node.type == "object_creation_expression":
        type_name = text_of(node.child_by_field_name("type"))
        found["made"].append({"type": type_name, "properties": assigned_in(node.child_by_field_name("initializer"))})
    for child in node.children:
        look(child, found)


def assigned_in(initializer: Node | None) -> list[str]:
    children = initializer.named_children if initializer is not None else []
    left = [child.child_by_field_name("left") for child in children if child.type == "assignment_expression"]
    return [text_of(name) for name in left if name is not None and name.type == "identifier"]


def text_of(node: Node | None) -> str:
    return node.text.decode() if node is not None and node.text is not None else ""


main(sys.argv[1:])
