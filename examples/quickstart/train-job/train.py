"""Trains a small classifier: each worker of the cluster tries some settings, and the best model is saved."""

import os
from pathlib import Path

import numpy
import ray
import xgboost
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

ROUNDS = 50
DEPTHS = [2, 3, 4, 5]
MODEL = Path(os.environ.get("MODEL_DIR", ".")) / "model.json"


def make_data(rows=4000, features=20, seed=7):
    """Points that a hidden rule divides in two, with a twentieth of the labels wrong."""
    random = numpy.random.default_rng(seed)
    points = random.normal(size=(rows, features)).astype("float32")
    labels = (points[:, 0] * points[:, 1] + points[:, 2] > 0) ^ (random.random(rows) < 0.05)
    return points, labels.astype("int32")


@ray.remote(num_cpus=1)
def train(depth, points, labels):
    """Returns the accuracy on a quarter of the points that were kept aside, and the model."""
    kept = len(points) // 4
    model = xgboost.train(
        {"objective": "binary:logistic", "max_depth": depth, "eta": 0.2, "nthread": 1, "seed": 7},
        xgboost.DMatrix(points[kept:], labels[kept:]),
        num_boost_round=ROUNDS,
    )
    guessed = model.predict(xgboost.DMatrix(points[:kept])) > 0.5
    return float((guessed == labels[:kept]).mean()), bytes(model.save_raw("json"))


def workers():
    """The nodes of the cluster, without its head."""
    nodes = [node for node in ray.nodes() if node["Alive"]]
    return [node for node in nodes if "node:__internal_head__" not in node["Resources"]] or nodes


def on(node):
    return NodeAffinitySchedulingStrategy(node_id=node["NodeID"], soft=True)


def main():
    ray.init()
    nodes = workers()
    points, labels = map(ray.put, make_data())
    tried = []
    for index, depth in enumerate(DEPTHS):
        node = nodes[index % len(nodes)]
        tried.append(train.options(scheduling_strategy=on(node)).remote(depth, points, labels))
    for depth, result in zip(DEPTHS, tried):
        print(f"depth {depth}: accuracy {ray.get(result)[0]:.3f}", flush=True)
    accuracy, model = max(ray.get(tried))
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    MODEL.write_bytes(model)
    print(f"trained {ROUNDS} rounds on {len(nodes)} workers: accuracy {accuracy:.2f}, model at {MODEL}", flush=True)


main()
