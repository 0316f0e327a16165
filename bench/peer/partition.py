"""partition.py (authors | scikit-learn) FOLDER CLUSTERS IMAGES: k-means of one class after the other, on what Lethe left in
FOLDER: features.f32 (classes, images of a class, 2,048), centres.f32 (the same with the clusters in place of images).

authors: k-means++ by differences that are written out, Lloyd with a mask a cluster (dataset_sampler.py).
scikit-learn: Lloyd from the centres given, until no assignment changes; leaves assignment.i32."""

import pathlib
import sys

import numpy as np

from answering import answer

how, folder, clusters, images = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
width = 2048
features = np.fromfile(folder / "features.f32", np.float32).reshape(-1, images, width)

if how == "scikit-learn":
    from sklearn.cluster import KMeans

    centres = np.fromfile(folder / "centres.f32", np.float32).reshape(-1, clusters, width)

    def work():
        labels, passes = [], 0
        for x, c in zip(features, centres):
            found = KMeans(clusters, init=c, n_init=1, max_iter=100, tol=0, algorithm="lloyd").fit(x)
            labels.append(found.labels_)
            passes += found.n_iter_
        np.concatenate(labels).astype(np.int32).tofile(folder / "assignment.i32")
        return {"passes": passes}

else:
    import torch

    def plus_plus(x):
        chosen = [x[torch.randint(len(x), (1,))]]
        distance = torch.full((len(x),), float("inf"))
        for _ in range(clusters - 1):
            distance = torch.minimum(distance, ((x - chosen[-1]) ** 2).sum(1))
            chosen.append(x[torch.multinomial(distance / distance.sum(), 1)])
        return torch.cat(chosen)

    def work():
        passes = 0
        for x in torch.from_numpy(features):
            centres = plus_plus(x)
            for _ in range(100):
                passes += 1
                assignment = torch.cdist(x, centres).argmin(1)
                moved = torch.empty_like(centres)
                for c in range(clusters):
                    mask = assignment == c
                    moved[c] = x[mask].mean(0) if mask.any() else x[torch.randint(len(x), (1,))]
                shift = (moved - centres).norm(dim=1).sum()
                centres = moved
                if shift < 1e-4:
                    break
        return {"passes": passes}


answer(work)
