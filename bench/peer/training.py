"""training.py NETWORK BATCH STEPS [bf16]: steps of SGD with momentum on the mean cross-entropy, as an
honest loop of PyTorch does them: images as bytes where they are used, no loss read between steps, fused optimiser."""

import sys

import torch
from torch.nn import functional as F

from answering import answer
from networks import network

name, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
low = "bf16" in sys.argv
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False

torch.manual_seed(0)
pixels = torch.randint(0, 256, (2048, 3, 32, 32), dtype=torch.uint8, device=device)
labels = torch.randint(0, 10, (2048,), device=device)
net = network(name).to(device)
optimizer = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9, weight_decay=5e-4, fused=True)


def step():
    index = torch.randint(0, len(labels), (batch,), device=device)
    x = (pixels[index].float() / 255 - 0.47) / 0.25
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast(device, torch.bfloat16, enabled=low):
        loss = F.cross_entropy(net(x).float(), labels[index])
    loss.backward()
    optimizer.step()
    return loss


def work():
    for _ in range(steps):
        loss = step()
    return {"loss": loss.item()}


work()
answer(work)
