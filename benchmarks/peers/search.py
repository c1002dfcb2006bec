"""Exact search with FAISS over the vectors that SearchBenchmark searches, one thread.

IndexFlatIP scans floats; IndexScalarQuantizer QT_8bit scans bytes. Prints the median processor and
clock time of one search, and how many of the true five nearest the bytes find.
Usage: python search.py VECTORS ROUNDS      (floats; the last two rows are the probes)
"""

import sys
import time

import faiss
import numpy as np

DIMENSIONS = 512
NEAREST = 5

rows = np.fromfile(sys.argv[1], np.float32).reshape(-1, DIMENSIONS)
gallery, probes = np.ascontiguousarray(rows[:-2]), rows[-2:]
rounds = int(sys.argv[2])
faiss.omp_set_num_threads(1)

flat = faiss.IndexFlatIP(DIMENSIONS)
flat.add(gallery)
bytes_ = faiss.IndexScalarQuantizer(DIMENSIONS, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
bytes_.train(gallery)
bytes_.add(gallery)


def once(index, probe):
    clock, cpu = time.perf_counter(), time.thread_time()
    index.search(probe, NEAREST)
    return time.thread_time() - cpu, time.perf_counter() - clock


for name, index in (("faiss IndexFlatIP", flat), ("faiss SQ8", bytes_)):
    for who, probe in (("finds nobody", probes[:1]), ("finds one", probes[1:])):
        for _ in range(max(2, rounds // 4)):
            once(index, probe)
        taken = np.array([once(index, probe) for _ in range(rounds)])
        cpu, clock = np.median(taken, axis=0) * 1e3
        print(f"{name + ', ' + who:<32} cpu {cpu:8.3f} ms  clock {clock:8.3f} ms  {cpu * 1e6 / len(gallery):5.1f} ns a row")

# Members of the gallery with noise, as a second photo would have.
random = np.random.default_rng(7)
seen = gallery[random.choice(len(gallery), 100)]
seen = seen + random.normal(0, 0.04, seen.shape).astype(np.float32)
true, found = flat.search(seen, NEAREST)[1], bytes_.search(seen, NEAREST)[1]
print(f"SQ8 finds the nearest for {np.mean(true[:, 0] == found[:, 0]):.3f} of 100 probes, "
      f"{np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(true, found)]):.3f} of the nearest {NEAREST}")
