"""blend.py FOLDER ITERATIONS RATE: the authors' Blend, one cluster at a time (dc_blend_v2.py), on what
Lethe left in FOLDER: images.f32 (normalised, 3,072 each), clusters.i32 (the cluster of each image), embedder.f32 (its
arrays one after the other). Leaves prototypes.f32 there, in the order of clusters."""

import pathlib
import sys

import numpy as np
import torch

from answering import answer
from networks import ConvNet

folder = pathlib.Path(sys.argv[1])
iterations, rate = int(sys.argv[2]), float(sys.argv[3])
device = "cuda" if torch.cuda.is_available() else "cpu"


def read(name, kind):
    return torch.from_numpy(np.fromfile(folder / name, kind)).to(device)


images = read("images.f32", np.float32).view(-1, 3, 32, 32)
cluster_of = read("clusters.i32", np.int32).long()
members = [torch.nonzero(cluster_of == c).flatten() for c in range(int(cluster_of.max()) + 1)]
members = [m for m in members if len(m) > 0]
net = ConvNet().to(device).eval()
numbers = read("embedder.f32", np.float32)
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(numbers[: parameter.numel()].view_as(parameter))
        numbers = numbers[parameter.numel() :]
for parameter in net.parameters():
    parameter.requires_grad_(False)


def work():
    count = len(members)
    targets = []
    with torch.no_grad():
        for m in members:
            parts = [net.embed(images[m[i : i + 32]]) for i in range(0, len(m), 32)]
            targets.append(torch.cat(parts).mean(0))
    weights = [torch.full((len(m),), 1.0 / len(m), device=device, requires_grad=True) for m in members]
    optimizer = torch.optim.SGD(weights, lr=rate, momentum=0.5)
    for _ in range(iterations):
        optimizer.zero_grad()
        for m, w, target in zip(members, weights, targets):
            blended = (w.view(-1, 1, 1, 1) * images[m]).sum(0, keepdim=True) / w.sum()
            loss = ((net.embed(blended).squeeze(0) - target) ** 2).mean() / count
            loss.backward()
            loss.item()
        optimizer.step()
    with torch.no_grad():
        blended = [(w.view(-1, 1) * images[m].flatten(1)).sum(0) / w.sum() for m, w in zip(members, weights)]
    torch.stack(blended).cpu().numpy().tofile(folder / "prototypes.f32")


answer(work)
