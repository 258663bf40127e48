"""The same tuning step as `ThroughputBench tune`, in PyTorch: one TorchScript image network, a head with one hidden layer,
the likelihood of verdicts with ties, AdamW, one pair at a time with accumulated gradients, and pictures prepared by the
same arithmetic. Prints pairs a second.

    python tuning_throughput.py backbone.pt --size 224 --labels 512 --accumulate 8
"""

import argparse
import time

import torch

parser = argparse.ArgumentParser()
parser.add_argument("network")
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--labels", type=int, default=512)
parser.add_argument("--accumulate", type=int, default=8)
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--learning-rate", type=float, default=1e-5)
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(1)
device = "cuda" if torch.cuda.is_available() else "cpu"
network = torch.jit.load(options.network, map_location=device).train()
pictures = torch.randint(0, 256, (8, 1, 3, options.size, options.size), dtype=torch.uint8)


def vector(index):
    pixels = (pictures[index].float() / 255 - 0.5) / 0.5
    return network(pixels.to(device)).reshape(1, -1)


with torch.no_grad():
    features = 2 * vector(0).shape[1]
first = (torch.randn(features, 64, device=device) / features**0.5).requires_grad_()
bias = torch.zeros(1, 64, device=device, requires_grad=True)
last = (torch.randn(64, 2, device=device) / 8).requires_grad_()
thresholds = torch.zeros(1, 2, device=device, requires_grad=True)
backbone = [p for p in network.parameters() if p.requires_grad]
head = [first, bias, last, thresholds]
optimizer = torch.optim.AdamW(
    [{"params": backbone, "lr": options.learning_rate}, {"params": head, "lr": 3e-3}], weight_decay=0.01
)


def score(before, after):
    return torch.tanh(torch.cat([after, after - before], 1) @ first + bias) @ last


def loss(i):
    before = vector(0)
    difference = score(before, vector(1 + i % 7)) - score(before, vector(1 + (i + 3) % 7))
    threshold = torch.nn.functional.softplus(thresholds) + 0.05
    wins = -torch.nn.functional.softplus(threshold - difference)
    loses = -torch.nn.functional.softplus(threshold + difference)
    return -(wins[0, 0] + loses[0, 1])


steps = -(-options.labels // options.accumulate) * options.epochs
warm = max(1, steps // 10)
start = time.perf_counter()
for step in range(steps):
    if step == warm:
        start = time.perf_counter()
    total = 0.0
    for k in range(options.accumulate):
        part = loss(step * options.accumulate + k) / options.accumulate
        part.backward()
        total += part.item()
    torch.nn.utils.clip_grad_norm_(backbone + head, 1)
    optimizer.step()
    optimizer.zero_grad(set_to_none=False)
print(f"tuning on {device}: {(steps - warm) * options.accumulate / (time.perf_counter() - start):.1f} pairs/s")
