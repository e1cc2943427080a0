"""Counts to ten on the cluster's workers."""

import ray


@ray.remote
def square(number):
    return number * number


ray.init()
print("sum of squares:", sum(ray.get([square.remote(number) for number in range(10)])))
